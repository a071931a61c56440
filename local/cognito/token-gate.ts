import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { AwsError } from '../gateway/aws-error.ts';
import type { Pool, PoolClient } from './pool.ts';
import type { Subject } from './sessions.ts';
import { SELF_SERVICE_SCOPE } from './tokens.ts';
import { TOKEN_GATE, type CallTrigger } from './triggers.ts';

/** What the pre token trigger changed. */
export interface TokenOverrides {
  scopes: string[];
  access(claims: JWTPayload): JWTPayload;
  id(claims: JWTPayload): JWTPayload;
}

/** Claims that Cognito keeps for itself: an override of one is dropped without a word. */
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
  .object({ accessTokenGeneration: Generation, idTokenGeneration: Generation })
  .nullish();

/** Runs the pre token trigger, if the pool has one. A trigger that throws keeps the tokens back. */
export async function askTokenGate(
  pool: Pool,
  callTrigger: CallTrigger,
  source: string,
  client: PoolClient,
  subject: Subject,
  clientMetadata: unknown,
): Promise<TokenOverrides> {
  if (pool.triggers.tokenGate === undefined)
    return { scopes: [SELF_SERVICE_SCOPE], access: (claims) => claims, id: (claims) => claims };
  const response = await callTrigger(TOKEN_GATE, {
    source,
    clientId: client.id,
    subject,
    request: {
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      scopes: [SELF_SERVICE_SCOPE],
      ...(clientMetadata === undefined ? {} : { clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  const parsed = Details.safeParse(response.claimsAndScopeOverrideDetails);
  if (!parsed.success)
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  const { accessTokenGeneration, idTokenGeneration } = parsed.data ?? {};
  const suppressed = new Set(accessTokenGeneration?.scopesToSuppress ?? []);
  return {
    scopes: [
      ...new Set([SELF_SERVICE_SCOPE, ...(accessTokenGeneration?.scopesToAdd ?? [])]),
    ].filter((scope) => !suppressed.has(scope)),
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
