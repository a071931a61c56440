import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SrpPasswordProof } from '../../lambdas/capabilities/passwords/srp.client.ts';

const REFUSALS = [
  'NotAuthorizedException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'InvalidParameterException',
];
const OUTAGES = [
  'TooManyRequestsException',
  'InternalErrorException',
  'UserLambdaValidationException',
];
const CHALLENGES = ['CHOOSE_FACTOR', 'REGISTRATION_INCOMPLETE', 'PROVE_DEVICE'];
/** The mailbox of an address says what Cognito answers to it in the end. */
const ENDS = [...CHALLENGES, ...REFUSALS, ...OUTAGES];

const proof = new SrpPasswordProof('us-east-1_pool', 'the-public-client');

interface Asked {
  operation: string;
  input: Record<string, unknown>;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  return { operation, input: JSON.parse(text) as Record<string, unknown> };
}

/** A Cognito that asks for PASSWORD_VERIFIER and then ends as the address says. */
function answer({ operation, input }: Asked): { status: number; body: object } {
  if (operation === 'InitiateAuth') {
    const { USERNAME = '' } = input.AuthParameters as Record<string, string>;
    const ChallengeParameters = {
      USER_ID_FOR_SRP: USERNAME,
      SRP_B: '7b'.repeat(384),
      SALT: 'cd'.repeat(16),
      SECRET_BLOCK: 'YmxvY2s=',
    };
    return { status: 200, body: { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters } };
  }
  const { USERNAME = '' } = input.ChallengeResponses as Record<string, string>;
  const end = ENDS.find((one) => USERNAME.startsWith(`${one.toLowerCase()}@`)) ?? 'CHOOSE_FACTOR';
  if (!CHALLENGES.includes(end)) return { status: 400, body: { __type: end, message: end } };
  const shown = { ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { challenge: end } };
  return { status: 200, body: shown };
}

async function outcomeOf(email: string | undefined): Promise<unknown> {
  try {
    return await proof.proves('the secret password', email);
  } catch (error) {
    const { name, cause } = error as Error;
    return { name, cause: (cause as Error | undefined)?.name };
  }
}

describe('the proof of a password by SRP', () => {
  const asked: Asked[] = [];
  let cognito: Server;
  let outcomes: Record<string, unknown>;

  beforeAll(async () => {
    cognito = createServer((request, response) => {
      void read(request).then((one) => {
        asked.push(one);
        const { status, body } = answer(one);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      });
    }).listen(0, '127.0.0.1');
    await once(cognito, 'listening');
    const { port } = cognito.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${port}`,
    });
    const emails = ENDS.map((end) => `${end.toLowerCase()}@a.example`);
    const proven = await Promise.all([...emails, undefined].map(outcomeOf));
    outcomes = Object.fromEntries([...ENDS, 'nobody'].map((end, index) => [end, proven[index]]));
  });

  afterAll(async () => {
    cognito.closeAllConnections();
    cognito.close();
    await once(cognito, 'close');
  });

  test.each([
    ['CHOOSE_FACTOR', true],
    ['REGISTRATION_INCOMPLETE', true],
    ['PROVE_DEVICE', false],
  ])('that leads to %s is %p', (challenge, proven) => {
    expect(outcomes[challenge]).toBe(proven);
  });

  test.each(REFUSALS)('that Cognito refuses with %s is false', (name) => {
    expect(outcomes[name]).toBe(false);
  });

  test.each(OUTAGES)('that ends in %s is an outage, not a wrong password', (name) => {
    expect(outcomes[name]).toEqual({ name: 'UserPoolUnavailable', cause: name });
  });

  test('without an address walks the same way to a false answer', () => {
    expect(outcomes.nobody).toBe(false);
    const operations = asked.map(({ operation }) => operation);
    for (const operation of ['InitiateAuth', 'RespondToAuthChallenge'])
      expect(operations.filter((one) => one === operation)).toHaveLength(ENDS.length + 1);
  });

  test('walks the public client by CUSTOM_AUTH and sends no password', () => {
    const begun = asked.find(({ operation }) => operation === 'InitiateAuth');
    expect(begun?.input).toMatchObject({
      ClientId: 'the-public-client',
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { CHALLENGE_NAME: 'SRP_A' },
    });
    expect(JSON.stringify(asked)).not.toContain('the secret password');
  });
});
