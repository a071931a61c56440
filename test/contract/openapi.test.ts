import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../contract/openapi/document.ts';
import { PROBLEMS } from '../../contract/problems.ts';
import { ROUTE_LIST } from '../../contract/routes.ts';

interface Response {
  $ref?: string;
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: { $ref: string } }>;
}
interface Operation {
  operationId: string;
  requestBody?: { required: boolean };
  responses: Record<string, Response>;
  security: unknown[];
}

const document = openApiDocument() as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, Response> };
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
const responses = operations.flatMap((operation) =>
  Object.values(operation.responses).map((response) => {
    const name = response.$ref?.split('/').at(-1);
    return name === undefined ? response : document.components.responses[name]!;
  }),
);

/** The schemas that a part of the document refers to, directly or through others. */
function schemasFrom(part: unknown, found: Record<string, unknown> = {}): Record<string, unknown> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/schemas\/(\w+)"/g)) {
    if (name in found) continue;
    found[name] = document.components.schemas[name];
    schemasFrom(found[name], found);
  }
  return found;
}

describe('the OpenAPI document', () => {
  test('in docs/ matches the contract (npm run openapi updates it)', async () => {
    expect(JSON.parse(await readFile('docs/openapi.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(document)),
    );
  });

  test('has every route, its answer, its problems by status, and who may call', () => {
    for (const { name, method, path, answer, problems, access } of ROUTE_LIST) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining([
          String(answer.status),
          ...problems.map((code) => String(PROBLEMS[code][0])),
        ]),
      );
      expect(operation?.security).toHaveLength(access === 'PUBLIC' ? 0 : 1);
    }
  });

  test('has answers to which members, and values of open enumerations, may be added', () => {
    const closed = Object.entries(schemasFrom(responses)).filter(([, schema]) =>
      JSON.stringify(schema).includes('"additionalProperties":false'),
    );
    expect(closed.map(([name]) => name)).toEqual([]);
    expect(document.components.schemas.ProblemCode).toMatchObject({
      anyOf: [{ enum: Object.keys(PROBLEMS) }, { type: 'string' }],
    });
  });

  test('has bodies that may be left out where the API reads none as an empty one', () => {
    const optional = operations.filter(({ requestBody }) => requestBody?.required === false);
    expect(optional.map(({ operationId }) => operationId)).toEqual([
      'resendResetEmail',
      'startPasskeySignIn',
      'startPasskey',
      'issueRecoveryCodes',
      'resetRegistration',
    ]);
  });

  test('has Retry-After with every problem that ends by itself, and no other', () => {
    const ending = /`(RATE_LIMITED|RESEND_TOO_SOON|SEND_LIMIT|CALL_IN_PROGRESS)`/;
    for (const { description = '', headers } of responses)
      expect(headers?.['Retry-After'] !== undefined).toBe(ending.test(description));
  });
});
