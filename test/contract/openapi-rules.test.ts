/**
 * The OpenAPI file as tools of other teams read it: two rulesets, and its examples by its schemas.
 */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { describe, expect, test } from '@jest/globals';
import { SAMPLE } from '../../bin/sample-people.ts';
import { MEMBER_TEXTS, SCHEMA_TEXTS } from '../../contract/openapi/schema-texts.ts';
import {
  faultsOf,
  type Media,
  openApi,
  type Operation,
  resolved,
  type Response,
  text,
} from './openapi-file.ts';

/** Rules that are switched off, each with its reason. */
const SPECTRAL_OFF = {
  // package.json names nobody, and a stage is its operator's: its `support` setting says whom to
  // call.
  'info-contact': 'off',
} as const;

const operations = Object.values(openApi.paths).flatMap((path) => Object.values(path));
const byName = operations.map((operation) => [operation.operationId, operation] as const);

const responsesOf = ({ responses }: Operation): [string, Response][] =>
  Object.entries(responses).map(([status, response]) => [status, resolved(response)]);

function faultsOfMedia(content: Record<string, Media> = {}): unknown[] {
  return Object.values(content).flatMap(({ schema, examples }) => {
    const named = Object.values(examples);
    if (named.length === 0) return ['An example is missing.'];
    return named.flatMap((example) => faultsOf(schema, resolved(example).value));
  });
}

describe('the OpenAPI file', () => {
  test("is clean by Spectral's rules", async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({
      extends: [rulesets.oas as spectral.RulesetDefinition],
      rules: SPECTRAL_OFF,
    });
    const found = await linter.run(JSON.parse(text) as Record<string, unknown>);
    expect(found.map(({ code, path, message }) => [code, path.join('.'), message])).toEqual([]);
  });

  test("is clean by Redocly's recommended rules", async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: text, absoluteRef: '/openapi.json', config });
    expect(found.map(({ ruleId, location, message }) => [ruleId, location, message])).toEqual([]);
  });

  test('refers to no other document', () => {
    const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, to]) => to);
    expect(references.filter((to) => to?.startsWith('#/components/') !== true)).toEqual([]);
  });

  test('describes members that exist', () => {
    const { schemas } = openApi.components;
    const missing = Object.keys(MEMBER_TEXTS).filter((key) => {
      const [schema = '', member = ''] = key.split('.');
      return schemas[schema]?.properties?.[member] === undefined;
    });
    expect(missing).toEqual([]);
    expect(Object.keys(SCHEMA_TEXTS).filter((name) => schemas[name] === undefined)).toEqual([]);
  });

  test('names people, addresses and passwords of the sample data only', () => {
    const emails = new Set(text.match(/[\w.]+@[\w.]+\w/g));
    const people = [...SAMPLE.users, ...SAMPLE.importedUsers].map(({ email }) => email);
    // Who registers with a code of the sample data is in no seed.
    expect([...emails].filter((email) => !people.includes(email))).toEqual([
      'new.doc@cedargrove.example',
    ]);
  });
});

describe.each(byName)('the operation %s', (_name, operation) => {
  test('has a summary, a description, and a tag with a text', () => {
    expect([operation.summary, operation.description]).not.toContain('');
    const texts = openApi.tags.filter(({ name }) => operation.tags.includes(name));
    expect(texts.map(({ description }) => description)).toEqual([expect.stringMatching(/\w/)]);
  });

  test('has examples that its own schemas take', () => {
    const { parameters = [], requestBody } = operation;
    const inParameters = parameters
      .map(resolved)
      .flatMap(({ schema, example }) => (example === undefined ? [] : faultsOf(schema, example)));
    const inAnswers = responsesOf(operation).flatMap(([, { content }]) => faultsOfMedia(content));
    expect([...inParameters, ...faultsOfMedia(requestBody?.content), ...inAnswers]).toEqual([]);
  });

  test('has an example of every problem that it lists, with its status', () => {
    for (const [status, { description, content }] of responsesOf(operation)) {
      const problems = content?.['application/problem+json'];
      const listed = [...description.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
      const examples = Object.values(problems?.examples ?? {}).map((one) => resolved(one).value);
      expect(examples).toEqual(
        (problems === undefined ? [] : listed).map((code) =>
          expect.objectContaining({ code, status: Number(status) }),
        ),
      );
    }
  });
});
