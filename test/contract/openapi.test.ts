import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../contract/openapi.ts';
import { PROBLEMS } from '../../contract/problems.ts';
import { ROUTE_LIST } from '../../contract/routes.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
  security: unknown[];
}

const document = openApiDocument() as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};

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
});
