import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { AwsError } from '../gateway/aws-error.ts';
import { definite } from '../definite.ts';
import type { PoolClient } from './pool.ts';
import { SELF_SERVICE_SCOPE } from './scopes.ts';
import type { CognitoServices } from './services.ts';
import type { Subject } from './sessions.ts';
import type { SignIn } from './sign-ins.ts';
import type { TokenOverrides } from './token-overrides.ts';
import { TOKEN_GATE } from './triggers.ts';
import type { User } from './users.ts';

/** Claims that Cognito reserves: it silently drops an override of one. */
const RESERVED = new Set([
  'acr',
  'amr',
  'at_hash',
  'auth_time',
  'azp',
  'aud',
  'client_id',
  'cognito:username',
  'event_id',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'scope',
  'sub',
  'token_use',
  'username',
  'version',
  'device_key',
]);

const Generation = z
  .object({
    claimsToAddOrOverride: z.record(z.string(), z.unknown()).nullish(),
    claimsToSuppress: z.array(z.string()).nullish(),
    scopesToAdd: z.array(z.string()).nullish(),
    scopesToSuppress: z.array(z.string()).nullish(),
  })
  .nullish();

const Details = z
  .object({
    accessTokenGeneration: Generation,
    idTokenGeneration: Generation,
  })
  .nullish();

/** Tokens that are about to be issued. */
export interface GateCall {
  source: string;
  client: PoolClient;
  subject: Subject;
  /** @default - those of a sign-in by the API */
  scopes?: string[] | undefined;
  clientMetadata: Record<string, string> | undefined;
}

/** Runs the pre token trigger, if the pool has one. A trigger that throws prevents the tokens. */
export async function askTokenGate(
  { pool, callTrigger }: Pick<CognitoServices, 'pool' | 'callTrigger'>,
  { source, client, subject, clientMetadata, scopes = [SELF_SERVICE_SCOPE] }: GateCall,
): Promise<TokenOverrides> {
  if (pool.triggers.tokenGate === undefined)
    return {
      scopes,
      access: (claims) => claims,
      id: (claims) => claims,
    };
  const response = await callTrigger(TOKEN_GATE, {
    source,
    clientId: client.id,
    subject,
    request: {
      groupConfiguration: {
        groupsToOverride: [],
        iamRolesToOverride: [],
        preferredRole: null,
      },
      scopes,
      ...definite({ clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  return overridesOf(response.claimsAndScopeOverrideDetails, scopes);
}

/**
 * Asks the token gate, and issues tokens if it lets the sign-in pass.
 * @param passed the sign-in; one that begins does so once the gate has let it pass
 * @returns the output of an operation that issues tokens
 */
export async function issueAfterGate(
  services: Pick<CognitoServices, 'pool' | 'callTrigger' | 'tokens'>,
  { user, eventId, ...call }: Omit<GateCall, 'subject'> & { user: User; eventId: string },
  passed: () => { signIn: SignIn; refreshToken?: string },
): Promise<object> {
  const overrides = await askTokenGate(services, { ...call, subject: { sub: user.sub, user } });
  const { signIn, refreshToken: RefreshToken } = passed();
  const { client } = call;
  const tokens = await services.tokens.issue({ user, client, signIn, eventId, overrides });
  return { AuthenticationResult: definite({ ...tokens, RefreshToken }), ChallengeParameters: {} };
}

function overridesOf(details: unknown, granted: readonly string[]): TokenOverrides {
  const parsed = Details.safeParse(details);
  if (!parsed.success)
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  const { accessTokenGeneration, idTokenGeneration } = parsed.data ?? {};
  const added = accessTokenGeneration?.scopesToAdd ?? [];
  const suppressed = new Set(accessTokenGeneration?.scopesToSuppress ?? []);
  const scopes = new Set([...granted, ...added]);
  return {
    scopes: [...scopes].filter((scope) => !suppressed.has(scope)),
    access: (claims) => override(claims, accessTokenGeneration),
    id: (claims) => override(claims, idTokenGeneration),
  };
}

function override(claims: JWTPayload, generation: z.infer<typeof Generation>): JWTPayload {
  const kept = Object.entries(claims).filter(
    ([name]) => RESERVED.has(name) || !(generation?.claimsToSuppress ?? []).includes(name),
  );
  const added = Object.entries(generation?.claimsToAddOrOverride ?? {}).filter(
    ([name]) => !RESERVED.has(name),
  );
  return Object.fromEntries([...kept, ...added]);
}
