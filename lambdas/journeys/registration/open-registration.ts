/**
 * Opening an MFA registration, by portal username and password or by a mailed link. Unknown,
 * imported and known usernames cost the same work, and the answer leaves at a fixed floor.
 */
import type { Registration } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  countPortalPassword,
  forgivePortalPasswords,
  openRegistration,
} from '../../capabilities/accounts/account.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { spellingsOf } from '../../capabilities/passwords/imported-password.rules.ts';
import {
  beginFlow,
  type Source,
  type StepRefusal,
} from '../../capabilities/token-flows/token-flow.ts';
import type { LinksPort, TokenFlowsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import {
  importedPasswordCounts,
  type Entry,
  firstStep,
  type MfaFlow,
  opensBy,
  registrationView,
} from './registration.rules.ts';

export interface OpeningDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'byLogin' | 'apply'>;
  links: Pick<LinksPort, 'get' | 'use'>;
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
  source: Source,
): Promise<OpenedRegistration | StepRefusal> {
  const now = deps.now();
  const { settings, limits } = deps;
  const account = await deps.accounts.byLogin(username);
  const spender = { subject: account?.username ?? username, source: source.sourceAddress };
  const guesses = limitsOf('PORTAL_PASSWORD', spender, settings);
  const most = settings.limits.wrongAnswersInARow;
  const counted = await limits.count(
    guesses,
    now,
    account === undefined ? [] : [deps.accounts.apply(account, countPortalPassword(most))],
  );
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  const isRight = await provesPassword(deps, account, password);
  if (account === undefined) return { refused: 'CREDENTIALS_INVALID' };
  // Too many wrong ones in a row: the right one is refused too, and a mailed link is the way back.
  if (!isRight || counted.outcome === 'REFUSED') {
    await recordRefusal(deps, account, source, now);
    return { refused: 'CREDENTIALS_INVALID' };
  }
  await limits.forgive(guesses);
  return openProven(deps, account, source, now);
}

async function provesPassword(
  { isImportedPassword, isCognitoPassword, settings, now }: OpeningDeps,
  account: Account | undefined,
  password: string,
): Promise<boolean> {
  const inCognito = account !== undefined && IN_COGNITO.includes(account.status);
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
  source: Source,
  now: number,
): Promise<OpenedRegistration | StepRefusal> {
  if (opensBy('PASSWORD', account.status))
    return open(deps, { account, entry: 'PASSWORD', source, now });
  await deps.commit([deps.accounts.apply(account, forgivePortalPasswords())]);
  return { refused: account.status === 'ACTIVE' ? 'ALREADY_REGISTERED' : 'CREDENTIALS_INVALID' };
}

/**
 * The wrong password that is the last one in a row locks the portal login: its owner is notified of
 * that, once.
 */
async function recordRefusal(
  { audit, commit, settings }: OpeningDeps,
  { accountId, portalPasswordFailures = 0 }: Account,
  source: Source,
  now: number,
): Promise<void> {
  const event = { accountId, actor: 'SELF', ...source } as const;
  const locks = portalPasswordFailures + 1 === settings.limits.wrongAnswersInARow;
  const events: AuditEvent[] = [
    { ...event, event: 'PORTAL_PASSWORD_REFUSED' },
    ...(locks ? [{ ...event, event: 'ACCOUNT_LOCKED', outcome: 'PORTAL_PASSWORD' } as const] : []),
  ];
  await commit(events.map((one) => audit.write(one, now)));
}

export async function openByLink(
  deps: OpeningDeps,
  token: string,
  source: Source,
): Promise<OpenedRegistration | StepRefusal> {
  const now = deps.now();
  const link = await deps.links.get(token);
  const account =
    link === undefined || link.expiresAt <= now
      ? undefined
      : await deps.accounts.get(link.accountId);
  if (link === undefined || account === undefined) return { refused: 'LINK_INVALID' };
  const isLive = account.epoch === link.epoch && account.registrationLink === hashSecret(token);
  if (!isLive || !opensBy('LINK', account.status)) return { refused: 'LINK_INVALID' };
  const { accountId } = account;
  const used = { accountId, event: 'LINK_USED', actor: 'SELF', ...source } as const;
  const writes = [deps.links.use(token, link, now), deps.audit.write(used, now)];
  const opened = await open(deps, { account, entry: 'LINK', source, now, writes });
  return 'refused' in opened ? { refused: 'LINK_INVALID' } : opened;
}

interface Opening {
  account: Account;
  entry: Entry;
  source: Source;
  now: number;
  writes?: readonly Write[];
}

async function open(
  deps: OpeningDeps,
  { account, entry, source, now, writes = [] }: Opening,
): Promise<OpenedRegistration | StepRefusal> {
  const { accountId, epoch, status, method, email } = account;
  const resumes = status === 'ENROLLING';
  const { flowToken, flow: begun } = beginFlow('MFA_REGISTRATION', now);
  const flow: MfaFlow = {
    ...begun,
    ...{ accountId, epoch, entry, step: firstStep(status, entry) },
    ...(resumes ? definite({ resumes, method, email }) : {}),
  };
  const { tokenHash, flowId } = flow;
  const event = { accountId, event: 'REGISTRATION_OPENED', outcome: entry, flowId } as const;
  const result = await deps.commit([
    deps.flows.open(flow),
    deps.accounts.apply(account, openRegistration(status, { tokenHash, entry, now })),
    deps.audit.write({ ...event, actor: 'SELF', ...source }, now),
    ...writes,
  ]);
  if (!result.done) return { refused: 'CREDENTIALS_INVALID' };
  return { flowToken, registration: registrationView(flow, undefined, now) };
}
