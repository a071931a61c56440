/**
 * Opening an MFA registration, by portal username and password or by a mailed link. Unknown,
 * imported and known usernames cost the same work, and the answer leaves at a fixed floor.
 */
import { maskEmail } from '../../../contract/masks.ts';
import type { Registration } from '../../../contract/flows.ts';
import { type Account, importedPasswordCounts } from '../../capabilities/accounts/account.rules.ts';
import {
  countPortalPassword,
  forgivePortalPasswords,
  lockPortalPassword,
  openRegistration,
} from '../../capabilities/accounts/account.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { isCanary } from '../../capabilities/accounts/canary.rules.ts';
import { spellingsOf } from '../../capabilities/passwords/imported-password.rules.ts';
import {
  beginFlow,
  type Requester,
  type Source,
  type StepRefusal,
} from '../../capabilities/token-flows/token-flow.ts';
import { linkDestination } from '../../capabilities/token-flows/links.rules.ts';
import type { LinksPort, TokenFlowsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { type Limit, type Limited, secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import {
  type Entry,
  firstStep,
  type MfaFlow,
  opensBy,
  registrationView,
} from './registration.rules.ts';

export interface OpeningDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'byLogin' | 'apply'>;
  links: Pick<LinksPort, 'get'>;
  flows: Pick<TokenFlowsPort<MfaFlow>, 'open'>;
  limits: Pick<LimitsPort, 'count' | 'forgive'>;
  /** True if the password is the one behind the imported hash; costs the same without a hash. */
  isImportedPassword: (password: string, stored: string | undefined) => Promise<boolean>;
  /**
   * True if Cognito takes the password; costs the same for an address that Cognito does not have.
   */
  isCognitoPassword: (password: string, email: string | undefined) => Promise<boolean>;
  audit: AuditPort;
  settings: FunctionSettings;
  now: () => number;
}

export interface OpenedRegistration {
  flowToken: string;
  registration: Registration;
}

/** Statuses whose password is Cognito's. */
const IN_COGNITO = ['ENROLLING', 'RESET', 'ACTIVE'];

/** How many times a password is verified: once for each spelling, so that the floor covers all. */
export function checksOf(password: string): number {
  return spellingsOf(password).length;
}

export async function openByPassword(
  deps: OpeningDeps,
  username: string,
  password: string,
  requester: Requester,
): Promise<OpenedRegistration | StepRefusal> {
  const now = deps.now();
  const { source } = requester;
  const account = await deps.accounts.byLogin(username);
  const spender = { subject: account?.username ?? username, source: source.sourceAddress };
  const guesses = limitsOf('PORTAL_PASSWORD', spender, deps.settings);
  const counted = await countGuess(deps, guesses, account, now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  // Too many wrong ones in a row: the right one is refused too, and only a mailed link helps.
  const judged = counted.outcome === 'LOCKED' ? undefined : account;
  const isRight = await provesPassword(deps, judged, password);
  if (account === undefined) return { refused: 'CREDENTIALS_INVALID' };
  if (!isRight) {
    await recordRefusal(deps, account, source, now);
    return { refused: 'CREDENTIALS_INVALID' };
  }
  await deps.limits.forgive(guesses);
  return openProven(deps, account, requester, now);
}

/**
 * Counted before it is judged. A locked account takes none any more, and the source's guesses count
 * all the same: it is limited as it is for a username that nobody has.
 */
async function countGuess(
  { accounts, limits, settings }: OpeningDeps,
  guesses: readonly Limit[],
  account: Account | undefined,
  now: number,
): Promise<Limited | { outcome: 'LOCKED' }> {
  if (account === undefined) return limits.count(guesses, now);
  const counting = countPortalPassword(settings.limits.wrongAnswersInARow);
  const counted = await limits.count(guesses, now, [accounts.apply(account, counting)]);
  if (counted.outcome !== 'REFUSED') return counted;
  const bySource = await limits.count(guesses, now);
  return bySource.outcome === 'EXHAUSTED' ? bySource : { outcome: 'LOCKED' };
}

async function provesPassword(
  { isImportedPassword, isCognitoPassword, settings, now }: OpeningDeps,
  account: Account | undefined,
  password: string,
): Promise<boolean> {
  const isPerson = account !== undefined && !isCanary(account.accountId);
  const inCognito = isPerson && IN_COGNITO.includes(account.status);
  const stored =
    account !== undefined && importedPasswordCounts(account, settings, now())
      ? account.importedPassword
      : undefined;
  const [imported, known] = await Promise.all([
    isImportedPassword(password, stored),
    isCognitoPassword(password, inCognito ? account.email : undefined),
  ]);
  return inCognito ? known : imported;
}

async function openProven(
  deps: OpeningDeps,
  account: Account,
  requester: Requester,
  now: number,
): Promise<OpenedRegistration | StepRefusal> {
  if (opensBy('PASSWORD', account.status))
    return open(deps, {
      account,
      entry: 'PASSWORD',
      ...requester,
      now,
    });
  await deps.commit([deps.accounts.apply(account, forgivePortalPasswords())]);
  return { refused: account.status === 'ACTIVE' ? 'ALREADY_REGISTERED' : 'CREDENTIALS_INVALID' };
}

/**
 * The wrong password that is the last one in a row locks the portal login, and its owner is
 * notified of that, once: the account is read again, since many may be counted at once.
 */
async function recordRefusal(
  { accounts, audit, commit, settings }: OpeningDeps,
  { accountId }: Account,
  source: Source,
  now: number,
): Promise<void> {
  const event = {
    accountId,
    actor: 'SELF',
    ...source,
  } as const;
  const refused = audit.write({ ...event, event: 'PORTAL_PASSWORD_REFUSED' }, now);
  const most = settings.limits.wrongAnswersInARow;
  const account = await accounts.get(accountId);
  const locks =
    account !== undefined &&
    (account.portalPasswordFailures ?? 0) >= most &&
    account.portalPasswordLocked !== true;
  if (locks) {
    const locked = {
      ...event,
      event: 'ACCOUNT_LOCKED',
      outcome: 'PORTAL_PASSWORD',
    } as const;
    const lock = accounts.apply(account, lockPortalPassword(most));
    if ((await commit([refused, lock, audit.write(locked, now)])).done) return;
  }
  await commit([refused]);
}

export interface LinkDetails {
  username: string;
  maskedEmail: string;
}

/**
 * Whose registration a link opens. It changes nothing, so that a page may ask when it is loaded.
 */
export async function showLink(
  deps: Pick<OpeningDeps, 'links' | 'accounts' | 'now'>,
  token: string,
): Promise<LinkDetails | StepRefusal> {
  const { account, startsOver } = (await liveLink(deps, token)) ?? {};
  const mailedTo = linkDestination(account, startsOver === true ? 'STAFF' : 'USERNAME');
  if (account === undefined || mailedTo === undefined) return { refused: 'LINK_INVALID' };
  return { username: account.username, maskedEmail: maskEmail(mailedTo) };
}

/**
 * Opens a registration by a mailed link. Until the method is chosen the same link opens it again,
 * because a page that was closed at once, or a mail program that looked at it, has lost nothing.
 */
export async function openByLink(
  deps: OpeningDeps,
  token: string,
  requester: Requester,
): Promise<OpenedRegistration | StepRefusal> {
  const now = deps.now();
  const found = await liveLink(deps, token);
  if (found === undefined) return { refused: 'LINK_INVALID' };
  const { account, startsOver } = found;
  const used = {
    accountId: account.accountId,
    event: 'LINK_USED',
    actor: 'SELF',
  } as const;
  const opened = await open(deps, {
    account,
    entry: 'LINK',
    linkHash: hashSecret(token),
    startsOver,
    ...requester,
    now,
    writes: [deps.audit.write({ ...used, ...requester.source }, now)],
  });
  return 'refused' in opened ? { refused: 'LINK_INVALID' } : opened;
}

/** A link and its account, where it is the account's valid one and opens a registration. */
async function liveLink(
  { links, accounts, now }: Pick<OpeningDeps, 'links' | 'accounts' | 'now'>,
  token: string,
): Promise<{ account: Account; startsOver: boolean } | undefined> {
  const link = await links.get(token);
  if (link === undefined || link.expiresAt <= now()) return undefined;
  const account = await accounts.get(link.accountId);
  const isLive =
    account?.epoch === link.epoch &&
    account.registrationLink === hashSecret(token) &&
    opensBy('LINK', account.status);
  return isLive ? { account, startsOver: link.startsOver === true } : undefined;
}

interface Opening extends Requester {
  account: Account;
  entry: Entry;
  linkHash?: string;
  /** An incomplete registration is not resumed. */
  startsOver?: boolean;
  now: number;
  writes?: readonly Write[];
}

async function open(
  deps: OpeningDeps,
  { account, entry, linkHash, startsOver = false, source, language, now, writes = [] }: Opening,
): Promise<OpenedRegistration | StepRefusal> {
  const { accountId, epoch, status, method, email } = account;
  const resumes = status === 'ENROLLING' && !startsOver;
  const { flowToken, flow: begun } = beginFlow('MFA_REGISTRATION', now, language);
  const flow: MfaFlow = {
    ...begun,
    accountId,
    epoch,
    entry,
    step: firstStep(resumes, entry),
    ...(resumes ? definite({ resumes, method, email }) : definite({ linkHash })),
  };
  const { tokenHash, flowId } = flow;
  const event = {
    accountId,
    event: 'REGISTRATION_OPENED',
    outcome: entry,
    flowId,
  } as const;
  const result = await deps.commit([
    deps.flows.open(flow),
    deps.accounts.apply(account, openRegistration(status, { tokenHash, linkHash, resumes, now })),
    deps.audit.write(
      {
        ...event,
        actor: 'SELF',
        ...source,
      },
      now,
    ),
    ...writes,
  ]);
  if (!result.done) return { refused: 'CREDENTIALS_INVALID' };
  return { flowToken, registration: registrationView(flow, undefined, now) };
}
