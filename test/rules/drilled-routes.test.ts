import { expect, test } from '@jest/globals';
import { ROUTE_LIST } from '../../contract/routes.ts';
import { FLOWS } from '../drills/flows.ts';

test('the flows of the drills request every route of the contract', () => {
  const drilled = new Set(FLOWS.flatMap(({ steps }) => steps.flatMap(({ route }) => route ?? [])));
  expect(ROUTE_LIST.filter(({ name }) => !drilled.has(name)).map(({ name }) => name)).toEqual([]);
});

test('no two flows, and no two steps of a flow, have the same name', () => {
  const names = FLOWS.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  for (const { steps } of FLOWS)
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
});
