/**
 * What the help desk and operators do for a person: explain, mail the link again, unlock, place and
 * release a legal hold, and erase.
 */
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent, AuditEventName } from '../../ground/audit/audit.rules.ts';
import { type BudgetName, limitsOf, type Spender } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import type { Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Account, addressOnRecord } from '../accounts/account.rules.ts';
import { disable } from '../accounts/account.transitions.ts';
import { placeLegalHold, releaseLegalHold, unlock as lift } from '../accounts/staff.transitions.ts';
import { type AddressPool, dropUnknownUser } from '../accounts/address-in-pool.ts';
import type { AccountsPort, NamesPort } from '../accounts/accounts.port.ts';
import { revoke, type RevocationDeps } from '../accounts/revocation.ts';
import type { DevicesPort } from '../devices/devices.port.ts';
import type { LinkLane } from '../outbox/outbox.rules.ts';
import { mailStaffLink, type StaffLink, type StaffLinkDeps } from '../outbox/staff-link.ts';
import type { PasskeysPort } from '../passkeys/passkeys.port.ts';
import { standingOf, type TokenFlow } from '../token-flows/token-flow.rules.ts';
import type { TokenFlowsPort } from '../token-flows/token-flows.port.ts';
import { type Explanation, explanationOf } from './explanation.rules.ts';
import {
  type EventsDeps,
  guessesLockedUntil,
  guessLimits,
  recentEvents,
  resetGuessLimits,
} from './portal-guesses.ts';

export interface SupportDeps extends RevocationDeps, Omit<StaffLinkDeps, 'limits'> {
  accounts: Pick<AccountsPort, 'get' | 'ownerOf' | 'apply' | 'erase'>;
  names: Pick<NamesPort, 'release' | 'releaseLegacy'>;
  devices: Pick<DevicesPort, 'all' | 'forget'>;
  events: EventsDeps['events'];
  flows: Pick<TokenFlowsPort<TokenFlow & { step?: string }>, 'get' | 'erase'>;
  passkeys: Pick<PasskeysPort, 'all' | 'forget'>;
  limits: Pick<LimitsPort, 'count' | 'forgive' | 'restart' | 'windows'>;
  audit: AuditPort;
  pool: RevocationDeps['pool'] & Pick<AddressPool, 'userOf' | 'deleteUser'>;
  settings: Pick<FunctionSettings, 'linkLife' | 'limits' | 'importedPasswordsEndAfter'>;
}

/** Who acts, as events name them, and why. */
export type Act = Pick<AuditEvent, 'actor' | 'employee' | 'reason' | 'sourceAddress' | 'requestId'>;

export type SupportRefusal = { refused: 'STEP_OUT_OF_ORDER' | 'LEGAL_HOLD' };

/** Records that somebody looked at a person. Throws StoreUnavailable. */
export async function recordLook(
  { audit, commit, now }: Pick<SupportDeps, 'audit' | 'commit' | 'now'>,
  { accountId }: Account,
  act: Act,
  what: string,
): Promise<void> {
  const event = {
    accountId,
    event: 'LOOKED_AT',
    outcome: what,
    ...act,
  } as const;
  await commit([audit.write(event, now())]);
}

export async function explain(
  deps: Pick<SupportDeps, 'events' | 'limits' | 'now' | 'settings'> & {
    flows: Pick<SupportDeps['flows'], 'get'>;
  },
  account: Account,
): Promise<Explanation> {
  const { registrationFlow } = account;
  const [events, flow] = await Promise.all([
    recentEvents(deps, account),
    registrationFlow === undefined ? undefined : deps.flows.get(registrationFlow),
  ]);
  const now = deps.now();
  const guesses = guessLimits(account, events, deps.settings);
  const guessesUntil = await guessesLockedUntil(deps.limits, guesses, now);
  const { limits, importedPasswordsEndAfter } = deps.settings;
  const known = definite({ guessesUntil, importedPasswordsEndAfter });
  return explanationOf({
    account,
    events,
    flow,
    limits,
    now,
    ...known,
  });
}

/** Mails the link again, without changing the account. */
export async function resendLink(
  deps: StaffLinkDeps & Pick<SupportDeps, 'audit' | 'commit'>,
  account: Account,
  act: Act,
  lane: LinkLane,
): Promise<StaffLink> {
  const outcome = await mailStaffLink(deps, account, lane);
  if (outcome === 'QUEUED')
    await deps.commit([deps.audit.write(eventOf(account, 'LINK_RESENT', act), deps.now())]);
  return outcome;
}

const eventOf = ({ accountId }: Account, event: AuditEventName, act: Act): AuditEvent => ({
  accountId,
  event,
  ...act,
});

export type UnlockDeps = Pick<SupportDeps, 'audit' | 'commit' | 'events' | 'now' | 'settings'> & {
  accounts: Pick<AccountsPort, 'apply'>;
  limits: Pick<LimitsPort, 'restart'>;
};

/**
 * Lifts the locks of wrong codes, and of wrong portal passwords at every source that the last
 * hour's events show, and gives the account's day's sends back. The hours of wrong passwords at a
 * link and of a change of one's own account go on.
 */
export async function unlock(
  deps: UnlockDeps,
  account: Account,
  act: Act,
): Promise<{ refused: 'STEP_OUT_OF_ORDER' } | undefined> {
  const { accountId } = account;
  const of = (budget: BudgetName, spender: Spender) =>
    limitsOf(budget, spender, deps.settings).filter(({ key }) => key.includes('#ACCOUNT#'));
  const all = {
    account: accountId,
    destination: '',
    source: '',
  };
  const restarted = [
    ...of('SIGN_IN_PHONE', all),
    ...of('SIGN_IN_EMAIL', all),
    ...of('ENROLMENT_PHONE', all),
    ...of('ENROLMENT_EMAIL', all),
    ...of('REGISTRATION_ANSWER_BY_LINK', all),
    ...of('REGISTRATION_ANSWER_BY_PASSWORD', all),
  ];
  const result = await deps.commit([
    deps.accounts.apply(account, lift()),
    deps.audit.write(eventOf(account, 'ACCOUNT_UNLOCKED', act), deps.now()),
    ...deps.limits.restart(restarted),
  ]);
  if (!result.done) return { refused: 'STEP_OUT_OF_ORDER' };
  // Afterwards, so that none is lifted without its event; what a failure leaves, a repeat lifts.
  await restartGuesses(deps, account);
  return undefined;
}

/** A transaction takes 100 writes. */
const WRITES_AT_ONCE = 100;

/** Of portal passwords and codes of resets, at every source that was refused one in the hour. */
async function restartGuesses(deps: UnlockDeps, account: Account): Promise<void> {
  const events = await recentEvents(deps, account);
  const guesses = [guessLimits, resetGuessLimits].flatMap((limitsFor) =>
    limitsFor(account, events, deps.settings),
  );
  await commitInTurn(deps, deps.limits.restart(guesses));
}

async function commitInTurn(
  { commit }: Pick<SupportDeps, 'commit'>,
  writes: readonly Write[],
): Promise<void> {
  for (let from = 0; from < writes.length; from += WRITES_AT_ONCE)
    await commit(writes.slice(from, from + WRITES_AT_ONCE));
}

/** Places a legal hold, or releases it. */
export async function setLegalHold(
  deps: SupportDeps,
  account: Account,
  act: Act,
  placed: boolean,
): Promise<SupportRefusal | undefined> {
  const now = deps.now();
  const event = placed ? 'LEGAL_HOLD_PLACED' : 'LEGAL_HOLD_RELEASED';
  const transition = placed ? placeLegalHold(now) : releaseLegalHold();
  const result = await deps.commit([
    deps.accounts.apply(account, transition),
    deps.audit.write(eventOf(account, event, act), now),
  ]);
  return result.done ? undefined : { refused: 'STEP_OUT_OF_ORDER' };
}

/**
 * Erases a person: sessions end, then the user in Cognito, the devices, the passkeys and the open
 * flows go, and last the account with its addresses. Every step may be repeated, so that the same
 * call finishes what a failure left. What remains are the events under an account ID that names
 * nobody, and the username, which is never given again.
 */
export async function eraseAccount(
  deps: SupportDeps,
  account: Account,
  act: Act,
): Promise<SupportRefusal | undefined> {
  if (account.legalHoldAt !== undefined) return { refused: 'LEGAL_HOLD' };
  const disabled = await disableFirst(deps, account, act);
  if (disabled === undefined) return { refused: 'STEP_OUT_OF_ORDER' };
  const { accountId, cognitoUsername, pendingEmail } = disabled;
  if (cognitoUsername !== undefined) await deps.pool.deleteUser(cognitoUsername);
  else if (pendingEmail !== undefined) await dropUnknownUser(deps, disabled, pendingEmail);
  await commitInTurn(deps, [
    ...(await deps.devices.all(accountId)).map(({ deviceId }) =>
      deps.devices.forget(accountId, deviceId),
    ),
    ...(await deps.passkeys.all(accountId)).map((passkey) => deps.passkeys.forget(passkey)),
    ...flowErasures(deps, disabled),
  ]);
  const result = await deps.commit([
    deps.accounts.erase(disabled),
    ...(await nameWrites(deps, disabled)),
    deps.audit.write(eventOf(account, 'ACCOUNT_ERASED', act), deps.now()),
  ]);
  return result.done ? undefined : { refused: 'STEP_OUT_OF_ORDER' };
}

/** The flows that the account refers to: a registration, and changes of its address and number. */
function flowHashesOf({ registrationFlow, emailChange, phoneChange }: Account): string[] {
  return [registrationFlow, emailChange, phoneChange].flatMap((hash) => hash ?? []);
}

/** Those of them that go on: an account refers to its last changes also once they are done. */
export async function openFlowsOf(
  flows: Pick<SupportDeps['flows'], 'get'>,
  account: Account,
  now: number,
): Promise<(TokenFlow & { step?: string })[]> {
  const found = await Promise.all(flowHashesOf(account).map((hash) => flows.get(hash)));
  return found.flatMap((flow) => {
    const goesOn = flow !== undefined && standingOf(flow, account, now) === 'LIVE';
    return goesOn && flow.step !== 'DONE' ? flow : [];
  });
}

const flowErasures = ({ flows }: SupportDeps, account: Account): Write[] =>
  flowHashesOf(account).map((hash) => flows.erase(hash));

/** The account under its new epoch; undefined if it changed meanwhile. */
async function disableFirst(
  deps: SupportDeps,
  account: Account,
  act: Act,
): Promise<Account | undefined> {
  if (account.status === 'DISABLED') return account;
  const now = deps.now();
  const event = eventOf(account, 'STATUS_CHANGED', act);
  const result = await revoke(deps, account, disable(account, now), [
    deps.audit.write({ ...event, outcome: 'DISABLED' }, now),
    // The account then names its registration no more.
    ...flowErasures(deps, account),
  ]);
  return result.done ? deps.accounts.get(account.accountId) : undefined;
}

/** Addresses that the account has claimed are free again; of others nothing changes. */
async function nameWrites(deps: SupportDeps, account: Account): Promise<Write[]> {
  const { accountId, email, formerEmail, pendingEmail, legacyUsername } = account;
  const addresses = new Set([email, formerEmail, pendingEmail, addressOnRecord(account)]);
  const owned: string[] = [];
  for (const address of addresses)
    if (address !== undefined && (await deps.accounts.ownerOf(address, 0)) === accountId)
      owned.push(address);
  return [
    ...owned.map((address) => deps.names.release(address, accountId)),
    ...(legacyUsername === undefined ? [] : [deps.names.releaseLegacy(legacyUsername, accountId)]),
  ];
}
