import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { expect, test } from '@jest/globals';
import { handler } from '../../../../lambdas/journeys/sign-in/define.handler.ts';

const answerTo = async (request: unknown) => {
  const event = { request, response: {} } as DefineAuthChallengeTriggerEvent;
  return (await handler(event, { awsRequestId: 'request' })).response;
};

test('the start of a sign-in without a password leads to our challenge', async () => {
  expect(await answerTo({ session: [] })).toMatchObject({
    issueTokens: false,
    failAuthentication: false,
    challengeName: 'CUSTOM_CHALLENGE',
  });
});

test.each([
  ['is missing', undefined],
  ['is not a list', { session: 1 }],
  ['has an entry that is not one', { session: [null] }],
])('a history that %s is an outage, of which the person sees a sentence', async (_, request) => {
  await expect(answerTo(request)).rejects.toMatchObject({
    name: 'TryAgain',
    message: 'The service is not available right now. Please try again',
  });
});
