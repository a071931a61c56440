/** Boots the fixture stack, and speaks to it as its users' programs do. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { startLocal } from '../../local/local-stack.ts';
import type { LocalOptions, LocalStack } from '../../local/local-stack.ts';
import { createSrpClient } from '../clients/srp-client.ts';

const SOURCES = resolve('test/local/fixture');

export const PASSWORD = 'Correct-Horse-9-Battery';

/** The fixture's cloud assembly, made once for each state of its sources. */
function fixtureAssembly(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, file)));
  const directory = join(tmpdir(), `portal-auth-fixture-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(directory)) return join(directory, 'cdk.out');
  const making = mkdtempSync(join(tmpdir(), 'portal-auth-fixture-making-'));
  const { status, stderr } = spawnSync(process.execPath, [join(SOURCES, 'stack.ts'), making], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`The fixture stack cannot be made:\n${stderr}`);
  try {
    renameSync(making, directory);
  } catch {
    /* another worker was faster, with the same result */
  }
  return join(directory, 'cdk.out');
}

export async function startFixture(options: Partial<LocalOptions> = {}): Promise<LocalStack> {
  return await startLocal({ assembly: fixtureAssembly(), ...options });
}

/** A fixture's public and operator clients, and its control routes. */
export function clientsOf(stack: LocalStack) {
  const { endpoint, outputs, operatorCredentials } = stack;
  const base = { endpoint, region: outputs.region, maxAttempts: 1 };
  const anonymous = new CognitoIdentityProviderClient({
    ...base,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const operator = new CognitoIdentityProviderClient({ ...base, credentials: operatorCredentials });
  const local = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${endpoint}/_local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return { anonymous, operator, local, base };
}

let users = 0;

/** Makes a confirmed user; the given name sets how the fixture's triggers behave. */
export async function addUser(
  stack: LocalStack,
  givenName = 'Plain',
  password = PASSWORD,
): Promise<{ email: string; sub: string }> {
  const { operator } = clientsOf(stack);
  const email = `user-${process.pid}-${(users += 1)}@fixture.example`;
  const { User } = await operator.send(
    new AdminCreateUserCommand({
      UserPoolId: stack.outputs.userPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'given_name', Value: givenName },
      ],
    }),
  );
  await operator.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: stack.outputs.userPoolId,
      Username: email,
      Password: password,
      Permanent: true,
    }),
  );
  return { email, sub: User?.Username ?? '' };
}

/** InitiateAuth with SRP, and the answer to PASSWORD_VERIFIER. */
export async function provePassword(
  stack: LocalStack,
  username: string,
  password = PASSWORD,
): Promise<RespondToAuthChallengeCommandOutput> {
  const { anonymous } = clientsOf(stack);
  const { userPoolClientId: ClientId, userPoolId } = stack.outputs;
  const srp = createSrpClient();
  const begun: InitiateAuthCommandOutput = await anonymous.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
    }),
  );
  return await anonymous.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: begun.Session,
      ChallengeResponses: srp.answer(userPoolId, password, begun.ChallengeParameters),
    }),
  );
}

/** Answers a custom challenge. */
export async function answer(
  stack: LocalStack,
  username: string,
  session: string | undefined,
  given: string | { code: string; metadata: Record<string, string> },
): Promise<RespondToAuthChallengeCommandOutput> {
  const { code, metadata } =
    typeof given === 'string' ? { code: given, metadata: undefined } : given;
  return await clientsOf(stack).anonymous.send(
    new RespondToAuthChallengeCommand({
      ClientId: stack.outputs.userPoolClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: session,
      ChallengeResponses: { USERNAME: username, ANSWER: code },
      ...(metadata === undefined ? {} : { ClientMetadata: metadata }),
    }),
  );
}

/** A whole sign-in with the fixture's first code. */
export async function signIn(
  stack: LocalStack,
  username: string,
): Promise<NonNullable<RespondToAuthChallengeCommandOutput['AuthenticationResult']>> {
  const { Session } = await provePassword(stack, username);
  const { AuthenticationResult } = await answer(stack, username, Session, '100002');
  if (AuthenticationResult === undefined) throw new Error('The fixture issued no tokens.');
  return AuthenticationResult;
}
