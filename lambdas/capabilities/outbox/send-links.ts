/** The outbox worker: makes links and reset codes, and sends them. A message may come twice, and is sent once: a second mail would kill what the first one brought. */
import type { Account } from '../accounts/account.rules.ts';
import type { CodeBinding, IssuedCode } from '../verification/codes.rules.ts';
import type { TokenFlow } from '../token-flows/token-flow.rules.ts';
import type { CodeToSend, EmailSender } from '../verification/code-delivery.ts';
import { layOut } from '../messages/layout.rules.ts';
import { linkEmail } from '../messages/wording.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import {
  absent,
  below,
  type Change,
  type Clause,
  either,
  is,
} from '../../ground/platform/expressions.rules.ts';
import { DAY_MS, type Limit, type Limited, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { hashSecret, sha256 } from '../../ground/platform/secrets.rules.ts';
import { linkDestination } from '../../journeys/registration/registration.rules.ts';
import type {
  LinkMessage,
  LinkRequestMessage,
  OutboxMessage,
  ResetCodeMessage,
} from './outbox.rules.ts';

export interface OutboxCollaborators {
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    byUsername(username: string): Promise<Account | undefined>;
    byEmail(email: string): Promise<Account | undefined>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  links: {
    issue(token: string, link: { accountId: string; epoch: number; expiresAt: number }): Write;
  };
  flows: {
    get(tokenHash: string): Promise<(TokenFlow & { email?: string }) | undefined>;
    amend(tokenHash: string, changes: Change, ...when: Clause[]): Write;
  };
  newCode(binding: CodeBinding, codeId: string): Promise<{ digits: string; mac: string }>;
  deliver(code: CodeToSend): Promise<void>;
  email: EmailSender;
  audit: { write(event: AuditEvent, now: number): Write };
  limits: {
    count(limits: readonly Limit[], now: number, writes?: readonly Write[]): Promise<Limited>;
  };
  marks: { put(key: string, expiresAt: number, ...when: Clause[]): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  settings: FunctionSettings;
  now(): number;
}

export type OutboxOutcome = 'SENT' | 'NOTHING_TO_SEND' | 'TAKEN_BEFORE';

/** Longer than the worker may run, shorter than the queue waits before it brings a failed message again. */
const ATTEMPT_MS = MINUTE_MS;

/** Throws DeliveryFailed and outages: the queue brings the message again. */
export async function handleOutboxMessage(
  on: OutboxCollaborators,
  message: OutboxMessage,
): Promise<OutboxOutcome> {
  // A repeat has the same body, whether the queue or the sender made it.
  const mark = `OUTBOX#${sha256(JSON.stringify(message))}`;
  const now = on.now();
  const taken = await on.commit([
    on.marks.put(mark, now + ATTEMPT_MS, either(absent('pk'), below('expiresAt', now))),
  ]);
  if (!taken.done) return 'TAKEN_BEFORE';
  const outcome = await send(on, message);
  // What was sent shall not come again because this write failed: the mark of the attempt stands for a minute.
  await on.commit([on.marks.put(mark, now + DAY_MS)]).catch(() => undefined);
  return outcome;
}

async function send(
  on: OutboxCollaborators,
  message: OutboxMessage,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  switch (message.kind) {
    case 'LINK':
      return sendKnownLink(on, message);
    case 'LINK_REQUEST':
      return sendRequestedLink(on, message);
    case 'RESET_CODE':
      return sendResetCode(on, message);
  }
}

async function sendKnownLink(
  on: OutboxCollaborators,
  { accountId, epoch, expiresAt }: LinkMessage,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const account = await on.accounts.get(accountId);
  if (account?.epoch !== epoch) return 'NOTHING_TO_SEND';
  return mailLink(on, account, linkDestination(account, 'USERNAME'), expiresAt);
}

async function sendRequestedLink(
  on: OutboxCollaborators,
  { username, email, proven, requestedAt, sourceAddress, requestId }: LinkRequestMessage,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const account =
    username === undefined
      ? await on.accounts.byEmail(email ?? '')
      : await on.accounts.byUsername(username);
  const destination =
    username === undefined && !proven
      ? undefined
      : linkDestination(account, username === undefined ? 'CREDENTIALS' : 'USERNAME');
  return mailLink(on, account, destination, requestedAt + on.settings.linkLife * 1000, {
    sourceAddress,
    requestId,
  });
}

async function mailLink(
  on: OutboxCollaborators,
  account: Account | undefined,
  to: string | undefined,
  expiresAt: number,
  source: Partial<AuditEvent> = {},
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const now = on.now();
  if (account === undefined || to === undefined || expiresAt <= now) return 'NOTHING_TO_SEND';
  const { accountId, epoch, status } = account;
  const token = randomSecret();
  const counted = await on.limits.count(mailLimits(on.settings, to), now, [
    on.links.issue(token, { accountId, epoch, expiresAt }),
    on.accounts.change(
      account,
      { set: { registrationLink: hashSecret(token) } },
      is('status', status),
    ),
    on.audit.write(
      {
        accountId,
        event: 'LINK_SENT',
        actor: source.requestId === undefined ? 'SYSTEM' : 'SELF',
        ...source,
      },
      now,
    ),
  ]);
  if (counted.outcome !== 'DONE') return 'NOTHING_TO_SEND';
  const { portalName, portalOrigins, linkLife } = on.settings;
  await on.email.send(
    to,
    layOut(
      linkEmail(portalName, `${portalOrigins[0] ?? ''}/register#${token}`, linkLife * 1000),
      portalName,
    ),
  );
  return 'SENT';
}

/** Links of one address in a quarter of an hour and in a day, whoever asks for them. */
function mailLimits({ limits }: FunctionSettings, to: string): Limit[] {
  const address = sha256(to);
  return [
    { key: `LINKS#15M#${address}`, max: limits.emailSendsPerQuarterHour, windowMs: 15 * MINUTE_MS },
    { key: `LINKS#DAY#${address}`, max: limits.unprovenSendsPerDay, windowMs: DAY_MS },
  ];
}

/** Ties the reset to the account behind its address, if there is one, and only then sends: unknown addresses get nothing. */
async function sendResetCode(
  on: OutboxCollaborators,
  { tokenHash, codeId }: ResetCodeMessage,
): Promise<'SENT' | 'NOTHING_TO_SEND'> {
  const flow = await on.flows.get(tokenHash);
  const email = flow?.email ?? '';
  const open = flow?.open?.kind === 'CODE' ? flow.open.code : undefined;
  const account = await on.accounts.byEmail(email);
  const now = on.now();
  if (
    flow === undefined ||
    open?.codeId !== codeId ||
    open.expiresAt <= now ||
    account?.status !== 'ACTIVE'
  )
    return 'NOTHING_TO_SEND';
  const { accountId, epoch } = account;
  const { digits, mac } = await on.newCode(
    { purpose: 'PASSWORD_RESET_EMAIL', flowId: flow.flowId, accountId, destination: email },
    codeId,
  );
  const tied = await on.commit([
    on.flows.amend(
      tokenHash,
      { set: { accountId, epoch, 'open.code.mac': mac } },
      is('open.code.codeId', codeId),
    ),
    on.audit.write(
      {
        accountId,
        event: 'CODE_SENT',
        outcome: 'PASSWORD_RESET_EMAIL',
        flowId: flow.flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  if (!tied.done) return 'NOTHING_TO_SEND';
  await on.deliver({
    factor: 'EMAIL',
    destination: email,
    purpose: 'PASSWORD_RESET_EMAIL',
    digits,
    lifeMs: lifeOf(open, now),
  });
  return 'SENT';
}

/** What is left of a code's life, in whole minutes: it began when it was asked for. */
function lifeOf({ expiresAt }: IssuedCode, now: number): number {
  return Math.ceil((expiresAt - now) / MINUTE_MS) * MINUTE_MS;
}
