/**
 * The outbox worker: makes links and reset codes, and sends them. A message may come twice, and is
 * sent once: a second mail would invalidate the link or code of the first.
 */
import { DEFAULT_LANGUAGE, type Language } from '../../../contract/languages.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import { breakerOf, limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { DAY_MS, type Limit, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import type { CommitPort } from '../../ground/platform/database.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import type { MarksPort } from '../../ground/platform/marks.port.ts';
import { randomCode, randomSecret } from '../../ground/platform/random.ts';
import { hashSecret, sha256 } from '../../ground/platform/secrets.rules.ts';
import type { Account } from '../accounts/account.rules.ts';
import { mailLink as mailLinkTo } from '../accounts/link.transitions.ts';
import { isInDoubt } from '../accounts/staff.transitions.ts';
import type { AccountsPort } from '../accounts/accounts.port.ts';
import { layOut } from '../messages/layout.rules.ts';
import type { EmailPort } from '../messages/messages.port.ts';
import type { LinkOccasion } from '../messages/purposes.rules.ts';
import { linkEmail } from '../messages/wording.rules.ts';
import { type LinkCause, linkDestination } from '../token-flows/links.rules.ts';
import type { TokenFlow } from '../token-flows/token-flow.rules.ts';
import { tieToAccount } from '../token-flows/token-flow.transitions.ts';
import type { LinksPort, TokenFlowsPort } from '../token-flows/token-flows.port.ts';
import type { CodeDeliveryPort } from '../verification/code-delivery.ts';
import type { CodeMacPort } from '../verification/codes.ts';
import { type IssuedCode, macMessage } from '../verification/codes.rules.ts';
import {
  causeOf,
  isCorrected,
  type LinkMessage,
  type LinkRequestMessage,
  type OutboxMessage,
  type ResetCodeMessage,
} from './outbox.rules.ts';

export interface OutboxDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'byUsername' | 'byEmail' | 'apply'>;
  links: Pick<LinksPort, 'issue'>;
  flows: Pick<TokenFlowsPort<TokenFlow & { email?: string }>, 'get' | 'apply'>;
  mac: CodeMacPort;
  delivery: CodeDeliveryPort;
  email: EmailPort;
  audit: AuditPort;
  limits: Pick<LimitsPort, 'count'>;
  marks: Pick<MarksPort, 'put' | 'putOnce'>;
  settings: FunctionSettings;
  log: Log;
  now: () => number;
}

type Sent = 'SENT' | 'NOTHING_TO_SEND';
export type OutboxOutcome = Sent | 'TAKEN_BEFORE';

/**
 * Longer than the worker may run, shorter than the queue waits before it brings a failed message
 * again.
 */
const ATTEMPT_MS = MINUTE_MS;

/** Throws DeliveryFailed and outages: the queue brings the message again. */
export async function handleOutboxMessage(
  deps: OutboxDeps,
  message: OutboxMessage,
): Promise<OutboxOutcome> {
  // A repeat has the same body, whether the queue or the sender made it.
  const mark = `OUTBOX#${sha256(JSON.stringify(message))}`;
  const now = deps.now();
  const taken = await deps.commit([deps.marks.putOnce(mark, now + ATTEMPT_MS, now)]);
  if (!taken.done) return 'TAKEN_BEFORE';
  const outcome = await send(deps, message);
  try {
    await deps.commit([deps.marks.put(mark, now + DAY_MS)]);
  } catch (error) {
    // What was sent must not come again because this write failed: the mark of the attempt is kept
    // for a minute.
    deps.log('WARN', 'MESSAGE_NOT_MARKED', { kind: message.kind, ...errorFields(error) });
  }
  return outcome;
}

async function send(deps: OutboxDeps, message: OutboxMessage): Promise<Sent> {
  switch (message.kind) {
    case 'LINK':
      return sendKnownLink(deps, message);
    case 'LINK_REQUEST':
      return sendRequestedLink(deps, message);
    case 'RESET_CODE':
      return sendResetCode(deps, message);
  }
}

async function sendKnownLink(deps: OutboxDeps, message: LinkMessage): Promise<Sent> {
  const { accountId, epoch, expiresAt, lane } = message;
  const find = async (): Promise<Account | undefined> => {
    const account = await deps.accounts.get(accountId);
    return account?.epoch !== epoch || isCorrected(message, account) ? undefined : account;
  };
  return mailLink(deps, find, {
    cause: causeOf(lane),
    expiresAt,
    actor: 'SYSTEM',
    limits: (destination) => limitsOf(lane, { destination, account: accountId }, deps.settings),
  });
}

async function sendRequestedLink(deps: OutboxDeps, message: LinkRequestMessage): Promise<Sent> {
  const { username, email = '', proven, requestedAt, language } = message;
  const { sourceAddress, requestId } = message;
  if (username === undefined && !proven) return 'NOTHING_TO_SEND';
  const find = (): Promise<Account | undefined> =>
    username === undefined ? deps.accounts.byEmail(email) : deps.accounts.byUsername(username);
  return mailLink(deps, find, {
    cause: username === undefined ? 'CREDENTIALS' : 'USERNAME',
    expiresAt: requestedAt + deps.settings.linkLife * 1000,
    actor: 'SELF',
    source: { sourceAddress, requestId },
    language,
    limits: (destination) =>
      limitsOf('LINK', { destination, source: sourceAddress }, deps.settings),
  });
}

interface LinkMail {
  cause: LinkCause;
  expiresAt: number;
  actor: 'SELF' | 'SYSTEM';
  source?: Pick<AuditEvent, 'sourceAddress' | 'requestId'>;
  /** Of the page that asked for it. */
  language?: Language | undefined;
  limits: (destination: string) => Limit[];
}

/** An account that changes while its link is made is looked at once more. */
async function mailLink(
  deps: OutboxDeps,
  find: () => Promise<Account | undefined>,
  mail: LinkMail,
): Promise<Sent> {
  for (const _look of [1, 2]) {
    const account = await find();
    const to = linkDestination(account, mail.cause);
    if (account === undefined || to === undefined) return 'NOTHING_TO_SEND';
    const token = randomSecret();
    const issued = await issueLink(deps, { account, to, token }, mail);
    if (issued === 'ISSUED') return sendLink(deps, { account, to, token }, mail);
    if (issued === 'NOT_ISSUED') return 'NOTHING_TO_SEND';
  }
  throw new Error('The account changed twice while its link was made: the queue brings it again.');
}

interface NewLink {
  account: Account;
  to: string;
  token: string;
}

async function issueLink(
  deps: OutboxDeps,
  { account, to, token }: NewLink,
  { cause, expiresAt, actor, source, ...mail }: LinkMail,
): Promise<'ISSUED' | 'NOT_ISSUED' | 'CHANGED'> {
  const now = deps.now();
  if (expiresAt <= now) return 'NOT_ISSUED';
  const { accountId, epoch } = account;
  const startsOver = isInDoubt(account, to) ? ({ startsOver: true } as const) : {};
  const limits = [...mail.limits(to), breakerOf('EMAIL', 'BEFORE_PASSWORD', deps.settings)];
  const { outcome } = await deps.limits.count(limits, now, [
    deps.links.issue(token, { accountId, epoch, expiresAt, ...startsOver }),
    deps.accounts.apply(account, mailLinkTo(account, hashSecret(token))),
    deps.audit.write({ accountId, event: 'LINK_SENT', outcome: cause, actor, ...source }, now),
  ]);
  if (outcome === 'REFUSED') return 'CHANGED';
  return outcome === 'DONE' ? 'ISSUED' : 'NOT_ISSUED';
}

async function sendLink(
  { settings, email: mailer }: OutboxDeps,
  { account, to, token }: NewLink,
  { cause, ...mail }: LinkMail,
): Promise<Sent> {
  const { portalName, portalOrigins, linkLife } = settings;
  const { accountId, status } = account;
  const words = linkEmail({
    language: account.language ?? mail.language ?? DEFAULT_LANGUAGE,
    portalName,
    href: `${portalOrigins[0] ?? ''}/register#${token}`,
    lifeMs: linkLife * 1000,
    occasion: occasionOf(cause, status),
  });
  const email = layOut(words, portalName);
  await mailer.send({ to, email, purpose: 'REGISTRATION_LINK', accountId });
  return 'SENT';
}

function occasionOf(cause: LinkCause, status: Account['status']): LinkOccasion {
  if (cause === 'SIGN_UP') return 'SIGN_UP';
  if (cause !== 'STAFF') return 'REQUEST';
  return status === 'RESET' ? 'RESET_BY_STAFF' : 'STAFF';
}

/**
 * Ties the reset to the account that signs in by its address, if there is one, and only then sends.
 * Unknown addresses get nothing, and neither does one that the account has left and still keeps.
 */
async function sendResetCode(
  deps: OutboxDeps,
  { tokenHash, codeId, sourceAddress, requestId }: ResetCodeMessage,
): Promise<Sent> {
  const flow = await deps.flows.get(tokenHash);
  const destination = flow?.email ?? '';
  const open = flow?.open?.kind === 'CODE' ? flow.open.code : undefined;
  const account = await deps.accounts.byEmail(destination);
  const now = deps.now();
  if (flow === undefined || account?.status !== 'ACTIVE') return 'NOTHING_TO_SEND';
  if (account.email !== destination) return 'NOTHING_TO_SEND';
  if (open?.codeId !== codeId || open.expiresAt <= now) return 'NOTHING_TO_SEND';
  const { accountId } = account;
  const { flowId } = flow;
  const purpose = 'PASSWORD_RESET_EMAIL' as const;
  const digits = randomCode();
  const message = macMessage({ purpose, flowId, accountId, destination }, codeId, digits);
  const tie = { accountId, mac: await deps.mac.mac(message) };
  const event = { accountId, flowId, actor: 'SELF', sourceAddress, requestId } as const;
  const limits = [
    ...limitsOf('RESET_EMAIL_SENT', { source: sourceAddress }, deps.settings),
    breakerOf('EMAIL', 'BEFORE_PASSWORD', deps.settings),
  ];
  const tied = await deps.limits.count(limits, now, [
    deps.flows.apply(tokenHash, tieToAccount(codeId, tie)),
    deps.audit.write({ ...event, event: 'CODE_SENT', outcome: purpose }, now),
    ...(flow.accountId === undefined
      ? [deps.audit.write({ ...event, event: 'PASSWORD_RESET_STARTED' }, now)]
      : []),
  ]);
  if (tied.outcome !== 'DONE') return 'NOTHING_TO_SEND';
  const lifeMs = lifeOf(open, now);
  const language = flow.language ?? account.language ?? DEFAULT_LANGUAGE;
  const said = { purpose, language, digits, lifeMs };
  const code = { factor: 'EMAIL' as const, destination, accountId, ...said };
  await deps.delivery.send(code);
  return 'SENT';
}

/** What is left of a code's life, in whole minutes: it began when it was asked for. */
function lifeOf({ expiresAt }: IssuedCode, now: number): number {
  return Math.ceil((expiresAt - now) / MINUTE_MS) * MINUTE_MS;
}
