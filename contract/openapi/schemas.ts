/** The schemas of the contract as named components: a schema's name is that of its export. */
import * as z from 'zod';
import * as accounts from '../accounts.ts';
import { OneTimeCode, OpaqueToken } from '../challenges.ts';
import * as flows from '../flows.ts';
import * as desk from '../help-desk.ts';
import * as passkeys from '../passkeys.ts';
import * as portal from '../portal.ts';
import * as problems from '../problems.ts';
import type { Json } from './json.ts';
import { MEMBER_TEXTS, SCHEMA_TEXTS } from './schema-texts.ts';

const COMPONENTS = '#/components/schemas/';

/** What is read decides about the form: a request may leave out what has a default. */
type Direction = 'input' | 'output';

/**
 * Enumerations to which values are added without notice. A client that takes only today's values
 * would refuse tomorrow's answers, so that the schema also takes any other string.
 */
const OPEN = new Set([
  'ApprovalAct',
  'HelpfulAct',
  'Language',
  'Lock',
  'NextStep',
  'OpenFlow',
  'ProblemCode',
  'SendEvent',
  'SignInMethod',
]);

const names = z.registry<{ id: string }>();
const exported = { ...accounts, ...flows, ...passkeys, ...portal, ...desk, ...problems };
for (const [id, schema] of Object.entries({ ...exported, OneTimeCode, OpaqueToken }))
  if (schema instanceof z.core.$ZodType) names.add(schema, { id });
names.add(problems.Problem.shape.code, { id: 'ProblemCode' });

const CONVERTED = { input: convert('input'), output: convert('output') };

function convert(io: Direction): Record<string, Json> {
  const { schemas } = z.toJSONSchema(names, {
    io,
    unrepresentable: 'any',
    uri: (id) => COMPONENTS + id,
    override: ({ jsonSchema }) => simplify(jsonSchema, io),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _uri, ...schema }]) => [
      id,
      withTexts(id, OPEN.has(id) ? opened(schema) : schema),
    ]),
  );
}

/**
 * Answers may have members that are newer than the document. A time is said by its format alone,
 * and a pattern only if it has one meaning: Unicode properties depend on a flag that not all
 * engines set. Integers have the bounds of JavaScript, which are not those of the API.
 */
function simplify(schema: Json, io: Direction): void {
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === 'date-time' || String(schema.pattern).includes(String.raw`\p{`))
    delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function opened({ type, enum: known }: Json): Json {
  return { anyOf: [{ type, enum: known }, { type }] };
}

function withTexts(id: string, schema: Json): Json {
  const described = withText(SCHEMA_TEXTS[id], schema);
  if (schema.properties === undefined) return described;
  const members = Object.entries(schema.properties as Record<string, Json>).map(
    ([name, member]) => [name, withText(MEMBER_TEXTS[`${id}.${name}`], member)],
  );
  return { ...described, properties: Object.fromEntries(members) };
}

function withText(description: string | undefined, schema: Json): Json {
  return description === undefined ? schema : { description, ...schema };
}

/** The name of a schema that a route takes or answers with. Throws if it is not exported. */
function nameOf(schema: z.ZodType): string {
  const id = names.get(schema)?.id;
  if (id === undefined) throw new Error('Export every schema of a route from contract/.');
  return id;
}

/** A reference to a component, which `components()` then contains. */
export function reference(schema: z.ZodType): { $ref: string } {
  return { $ref: COMPONENTS + nameOf(schema) };
}

/** The members of a query. */
export function membersOf(query: z.ZodType): { name: string; required: boolean; schema: Json }[] {
  const { properties = {}, required = [] } = CONVERTED.input[nameOf(query)] as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema,
  }));
}

/** Every schema that the requests and answers refer to, directly or through others. */
export function components(requests: readonly unknown[], answers: readonly unknown[]): Json {
  const found: Record<string, Json> = {};
  collect(requests, 'input', found);
  collect(answers, 'output', found);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collect(part: unknown, io: Direction, found: Record<string, Json>): void {
  for (const [, id = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    const schema = CONVERTED[io][id];
    if (schema === undefined)
      throw new Error(`The file has no schema named ${id}. Name it in schemas.ts.`);
    const known = found[id];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`${id} differs between requests and answers. Give each a schema of its own.`);
    found[id] = schema;
    if (known === undefined) collect(schema, io, found);
  }
}
