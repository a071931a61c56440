import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attemptOf } from '../../lambdas/journeys/sign-in/attempt.rules.ts';

test('a UUID names the attempt', () => {
  fc.assert(
    fc.property(fc.uuid(), (attemptId) => {
      expect(attemptOf({ attemptId })).toBe(attemptId);
    }),
  );
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [{ attemptId: 1 }],
  [{ attemptId: 'pat.phone@cedargrove.example' }],
  [{ attemptId: '704652ee-8288-41db-9cf4-0cea94a6ad6f\n{"code":"FORGED"}' }],
  [{ attemptId: '704652EE-8288-41DB-9CF4-0CEA94A6AD6F' }],
])('nothing else reaches the log: %j', (clientMetadata) => {
  expect(attemptOf(clientMetadata)).toBeUndefined();
});

test('whatever a client sends, it is a UUID or nothing', () => {
  fc.assert(
    fc.property(fc.anything(), (clientMetadata) => {
      expect(attemptOf(clientMetadata) ?? '').toMatch(/^[0-9a-f-]{0,36}$/);
    }),
  );
});
