/** The passkeys of the signed-in user: registered, renamed and removed by their owner. */
import type { PasskeyCreation, PasskeyView } from '../../../contract/passkeys.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { addPasskey, removePasskey } from '../../capabilities/accounts/owner.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { challengeIn, judgeRegistration } from '../../capabilities/passkeys/passkey-proof.ts';
import type {
  PasskeyChallengesPort,
  PasskeysPort,
} from '../../capabilities/passkeys/passkeys.port.ts';
import {
  creationOptions,
  isLive,
  MAX_PASSKEYS,
  type Passkey,
  PASSKEY_CHALLENGE_MS,
  relyingPartyOf,
} from '../../capabilities/passkeys/passkeys.rules.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';

export interface PasskeyDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'apply'>;
  passkeys: PasskeysPort;
  passkeyChallenges: PasskeyChallengesPort;
  limits: Pick<LimitsPort, 'count'>;
  audit: AuditPort;
  settings: FunctionSettings;
  now: () => number;
}

export type Refused = { refused: ProblemCode; retryAfterSeconds?: number };

const iso = (ms: number) => new Date(ms).toISOString();

/** A challenge for anybody: whose passkey answers it is not known yet. */
export async function startSignIn(
  deps: PasskeyDeps,
  { sourceAddress }: { sourceAddress: string },
): Promise<{ challenge: string; expiresAt: string } | Refused> {
  const now = deps.now();
  const challenge = randomSecret();
  const limits = limitsOf('PASSKEY_CHALLENGE', { source: sourceAddress }, deps.settings);
  const kept = deps.passkeyChallenges.issue(challenge, 'SIGN_IN', now);
  const counted = await deps.limits.count(limits, now, [kept]);
  if (counted.outcome === 'EXHAUSTED')
    return {
      refused: 'RATE_LIMITED',
      retryAfterSeconds: secondsUntil(counted.until, now),
    };
  return {
    challenge,
    expiresAt: iso(now + PASSKEY_CHALLENGE_MS),
  };
}

export async function listPasskeys(
  { passkeys }: Pick<PasskeyDeps, 'passkeys'>,
  account: Account,
): Promise<{ passkeys: PasskeyView[] }> {
  return { passkeys: (await passkeys.list(account)).map(viewOf) };
}

export async function startPasskey(deps: PasskeyDeps, account: Account): Promise<object | Refused> {
  const passkeys = await deps.passkeys.list(account);
  if (passkeys.length >= MAX_PASSKEYS) return { refused: 'PASSKEY_LIMIT' };
  const challenge = randomSecret();
  const purpose = `REGISTER#${account.accountId}` as const;
  await deps.commit([deps.passkeyChallenges.issue(challenge, purpose, deps.now())]);
  return creationOptions(relyingPartyOf(deps.settings), challenge, account, passkeys);
}

/** What the owner sends to register a passkey. */
interface NewPasskey {
  name: string;
  credential: PasskeyCreation;
  idempotencyKey?: string | undefined;
}

/** The same request with the same key, after a lost answer, returns the passkey that is there. */
export async function registerPasskey(
  deps: PasskeyDeps,
  account: Account,
  { name, credential, idempotencyKey }: NewPasskey,
): Promise<PasskeyView | Refused> {
  const now = deps.now();
  const challenge = challengeIn(credential);
  const proven =
    challenge === undefined
      ? undefined
      : await judgeRegistration(relyingPartyOf(deps.settings), credential, challenge);
  if (challenge === undefined || proven === undefined) return { refused: 'PASSKEY_INVALID' };
  const { accountId, passkeyEpoch = 0 } = account;
  const registeredWith = idempotencyKey === undefined ? undefined : sha256(idempotencyKey);
  const passkey: Passkey = definite({
    accountId,
    ...proven,
    name,
    createdAt: now,
    passkeyEpoch,
    registeredWith,
  });
  const result = await deps.commit([
    deps.accounts.apply(account, addPasskey(MAX_PASSKEYS)),
    deps.passkeyChallenges.use(challenge, `REGISTER#${accountId}`, now),
    deps.passkeys.add(passkey),
    eventWrite(deps, account, 'PASSKEY_ADDED'),
  ]);
  if (result.done) return viewOf(passkey);
  const earlier =
    registeredWith === undefined ? undefined : await find(deps, account, proven.passkeyId);
  if (earlier?.registeredWith !== undefined && earlier.registeredWith === registeredWith)
    return viewOf(earlier);
  return { refused: result.refused[0] === true ? 'PASSKEY_INVALID' : 'PASSKEY_LIMIT' };
}

export async function renamePasskey(
  deps: PasskeyDeps,
  account: Account,
  passkeyId: string,
  name: string,
): Promise<PasskeyView | Refused> {
  const passkey = await find(deps, account, passkeyId);
  if (passkey === undefined) return { refused: 'NOT_FOUND' };
  const renamed = deps.passkeys.rename(passkey, name);
  const result = await deps.commit([renamed, eventWrite(deps, account, 'PASSKEY_RENAMED')]);
  return result.done ? viewOf({ ...passkey, name }) : { refused: 'NOT_FOUND' };
}

/** Removing what is not there is refused, so that no event is written for it. */
export async function forgetPasskey(
  deps: PasskeyDeps,
  account: Account,
  passkeyId: string,
): Promise<object | Refused> {
  const passkey = await find(deps, account, passkeyId);
  if (passkey === undefined) return { refused: 'NOT_FOUND' };
  const result = await deps.commit([
    deps.passkeys.remove(passkey),
    deps.accounts.apply(account, removePasskey()),
    eventWrite(deps, account, 'PASSKEY_REMOVED'),
  ]);
  return result.done ? {} : { refused: 'NOT_FOUND' };
}

async function find(
  { passkeys }: PasskeyDeps,
  account: Account,
  passkeyId: string,
): Promise<Passkey | undefined> {
  const passkey = await passkeys.get(account.accountId, passkeyId);
  return passkey !== undefined && isLive(passkey, account) ? passkey : undefined;
}

function eventWrite(
  { audit, now }: PasskeyDeps,
  { accountId }: Account,
  event: AuditEventName,
): Write {
  return audit.write({ accountId, event, actor: 'SELF' }, now());
}

function viewOf({ passkeyId, name, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return definite({
    passkeyId,
    name,
    createdAt: iso(createdAt),
    lastUsedAt: lastUsedAt === undefined ? undefined : iso(lastUsedAt),
  });
}
