/** docs/openapi.json as its readers see it, and values compared with its schemas. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

export interface Media {
  schema: { $ref: string };
  examples: Record<string, { value?: unknown; $ref?: string }>;
}
export interface Response {
  $ref?: string;
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Media>;
}
interface Parameter {
  $ref?: string;
  name: string;
  description: string;
  schema: { $ref?: string };
  example?: unknown;
}
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Response>;
}
interface OpenApi {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, { properties?: Record<string, unknown> }>;
    responses: Record<string, Response>;
    examples: Record<string, { value: unknown }>;
  };
}

export const text = readFileSync('docs/openapi.json', 'utf8');
export const openApi = JSON.parse(text) as OpenApi;

/** What a reference leads to, or the part itself. */
export function resolved<T extends { $ref?: string }>(part: T): T {
  if (part.$ref === undefined) return part;
  const steps = part.$ref.split('/').slice(1);
  return steps.reduce((at, step) => (at as Record<string, unknown>)[step], openApi as unknown) as T;
}

/** `formats` are for readers: what has to be compared is compared by patterns. */
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(openApi, 'openapi.json');

/** What in a value is not as a schema of the file says. */
export function faultsOf(schema: { $ref?: string }, value: unknown): unknown[] {
  const isReference = schema.$ref !== undefined;
  const validate = ajv.compile(isReference ? { $ref: `openapi.json${schema.$ref}` } : schema);
  return validate(value) ? [] : (validate.errors ?? []);
}
