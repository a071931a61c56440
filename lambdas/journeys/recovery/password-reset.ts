/**
 * Forgotten passwords: e-mail code, for phone users a code or call to the phone on file, then the new password. Unknown
 * addresses walk the same road; their code is sent to nobody and is a mismatch whatever is entered.
 */
import type { Channel, PasswordReset, ResetStep } from '../../../contract/flows.ts';
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { judgePassword, normalizePassword } from '../../capabilities/passwords/password.rules.ts';
import {
  type PasswordLease,
  withPasswordLease,
} from '../../capabilities/passwords/password-setting.ts';
import { endSessions } from '../../capabilities/accounts/sessions.rules.ts';
import type { Call } from '../../capabilities/calls/call.rules.ts';
import { CODE_ATTEMPTS } from '../../capabilities/verification/codes.rules.ts';
import {
  isTooSoon,
  type Verification,
} from '../../capabilities/verification/verification.rules.ts';
import {
  standingOf,
  TOKEN_FLOW_LIFE_MS,
  TOKEN_FLOW_VERSION,
} from '../../capabilities/token-flows/token-flow.rules.ts';
import {
  checkCall,
  checkCode,
  resetAnswerLimits,
  secondsUntil,
  sendForFlow,
  type StepRefusal,
  stillOpen,
  tooSoon,
  type VerificationCollaborators,
  type VerifiedFlow,
} from '../../capabilities/token-flows/verification-step.ts';
import type { OutboxMessage } from '../../capabilities/outbox/outbox.rules.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Change, type Clause, is } from '../../ground/platform/expressions.rules.ts';
import { DAY_MS, type Limit, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { randomId, randomSecret } from '../../ground/platform/random.ts';
import { hashSecret, sha256 } from '../../ground/platform/secrets.rules.ts';
import { ALLOWED, type ResetFlow, resetView, stepAfterEmail } from './recovery.rules.ts';

export interface ResetCollaborators extends Omit<VerificationCollaborators, 'flows'> {
  flows: VerificationCollaborators['flows'] & {
    get(tokenHash: string): Promise<ResetFlow | undefined>;
    open(flow: ResetFlow): Write[];
    holds(flow: ResetFlow): Write;
  };
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  pool: {
    setPassword(username: string, password: string): Promise<'DONE' | 'REFUSED'>;
    signOutEverywhere(username: string): Promise<void>;
  };
  outbox: { put(message: OutboxMessage): Promise<void> };
  callRecords: { get(callId: string): Promise<Call | undefined> };
  tickets: {
    issue(
      ticket: string,
      holder: { accountId: string; epoch: number; loginMethod: LoginMethod },
      now: number,
    ): Write;
  };
  isCommonPassword(password: string): boolean;
  settings: FunctionSettings;
  now(): number;
}

export interface OpenedReset {
  flow: ResetFlow;
  account: Account | undefined;
  now: number;
}

export interface Source {
  sourceAddress: string;
  requestId: string;
}

export type ResetOutcome = { reset: PasswordReset; ticket?: string } | StepRefusal;

const OUT_OF_ORDER: StepRefusal = { refused: 'STEP_OUT_OF_ORDER' };
/** Stands for the account of an address that no account has. */
const NOBODY = 'nobody';

export async function startReset(
  on: ResetCollaborators,
  email: string,
  source: Source,
): Promise<{ flowToken: string; reset: PasswordReset } | StepRefusal> {
  const now = on.now();
  const counted = await on.limits.count([sourceLimit(on.settings, source)], now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  // Whose budget of mails is spent is told to nobody: the flow opens, the code is not sent.
  const budget = await on.limits.count(sendLimits(on.settings, email), now);
  const flowToken = randomSecret();
  const flow: ResetFlow = {
    ...{
      v: TOKEN_FLOW_VERSION,
      kind: 'PASSWORD_RESET',
      tokenHash: hashSecret(flowToken),
      flowId: randomId(),
      step: 'VERIFY_EMAIL',
      email,
    },
    ...{ turn: 0, openedAt: now, expiresAt: now + TOKEN_FLOW_LIFE_MS, ...unsentCode(on, now) },
  };
  await on.commit(on.flows.open(flow));
  if (budget.outcome === 'DONE') await queueCode(on, flow, source);
  return { flowToken, reset: resetView(flow, undefined, now) };
}

/** What is shown of a code that the worker makes and sends, or doesn't: the same for every address. */
function unsentCode(
  on: ResetCollaborators,
  now: number,
): Pick<ResetFlow, 'sentAt'> & { open: Extract<Verification, { kind: 'CODE' }> } {
  const expiresAt = now + on.settings.codeLife.emailVerification * 1000;
  return {
    open: {
      kind: 'CODE',
      factor: 'EMAIL',
      code: {
        codeId: randomId(),
        factor: 'EMAIL',
        mac: '',
        sentAt: now,
        expiresAt,
        attemptsLeft: CODE_ATTEMPTS,
      },
    },
    sentAt: { EMAIL: now },
  };
}

function queueCode(
  on: ResetCollaborators,
  { tokenHash, open }: ResetFlow,
  source: Source,
): Promise<void> {
  return on.outbox.put({
    kind: 'RESET_CODE',
    tokenHash,
    codeId: open?.kind === 'CODE' ? open.code.codeId : '',
    ...source,
  });
}

function sendLimits({ limits }: FunctionSettings, email: string): Limit[] {
  const key = `BEFORE_PASSWORD#RESET#${sha256(email)}`;
  return [
    { key: `SENDS#15M#${key}`, max: limits.emailSendsPerQuarterHour, windowMs: 15 * MINUTE_MS },
    { key: `SENDS#DAY#${key}`, max: limits.unprovenSendsPerDay, windowMs: DAY_MS },
  ];
}

function sourceLimit({ limits }: FunctionSettings, { sourceAddress }: Source): Limit {
  return {
    key: `REQUESTS#RESETS#${sha256(sourceAddress)}`,
    max: limits.requestsPerSourceQuarterHour,
    windowMs: 15 * MINUTE_MS,
  };
}

export async function openReset(
  on: ResetCollaborators,
  token: string | undefined,
): Promise<OpenedReset | StepRefusal> {
  const flow = token === undefined ? undefined : await on.flows.get(hashSecret(token));
  const now = on.now();
  if (flow?.kind !== 'PASSWORD_RESET') return { refused: 'TOKEN_INVALID' };
  const account = await on.accounts.get(flow.accountId ?? NOBODY);
  const standing = standingOf(flow, account, now);
  if (standing === 'FORGOTTEN') return { refused: 'TOKEN_INVALID' };
  return standing === 'OVER' ? { refused: 'FLOW_EXPIRED' } : { flow, account, now };
}

export async function showReset(
  on: ResetCollaborators,
  { flow, now }: OpenedReset,
): Promise<{ reset: PasswordReset }> {
  const call =
    flow.open?.kind === 'CALL' ? await on.callRecords.get(flow.open.call.callId) : undefined;
  return { reset: resetView(flow, call, now) };
}

export async function resendEmail(
  on: ResetCollaborators,
  { flow, now }: OpenedReset,
  source: Source,
): Promise<ResetOutcome> {
  if (!ALLOWED.resend.includes(flow.step)) return OUT_OF_ORDER;
  if (isTooSoon(flow.sentAt ?? {}, 'EMAIL', now)) return tooSoon(flow.sentAt?.EMAIL ?? now, now);
  const next = { ...flow, ...unsentCode(on, now) };
  const counted = await on.limits.count(
    [...sendLimits(on.settings, flow.email), sourceLimit(on.settings, source)],
    now,
    [on.flows.advance(flow, { set: { open: next.open, sentAt: next.sentAt } })],
  );
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'SEND_LIMIT', retryAfterSeconds: secondsUntil(counted.until, now) };
  if (counted.outcome === 'REFUSED') return OUT_OF_ORDER;
  await queueCode(on, next, source);
  return { reset: resetView(next, undefined, now) };
}

/** The flow as its codes are bound: to its account, or to nobody. */
function bound(flow: ResetFlow): ResetFlow & VerifiedFlow {
  return { ...flow, accountId: flow.accountId ?? NOBODY, epoch: flow.epoch ?? 0 };
}

export async function verifyEmail(
  on: ResetCollaborators,
  { flow, account, now }: OpenedReset,
  digits: string,
): Promise<ResetOutcome> {
  if (!ALLOWED.verifyEmail.includes(flow.step)) return OUT_OF_ORDER;
  const checked = await checkCode(on, {
    flow: bound(flow),
    digits,
    destination: flow.email,
    purpose: 'PASSWORD_RESET_EMAIL',
    limits: resetAnswerLimits(flow.email),
    now,
  });
  if (checked !== 'RIGHT') return checked;
  if (account?.status !== 'ACTIVE') return { refused: 'CODE_MISMATCH' };
  const step = stepAfterEmail(account.method);
  const phone = step === 'CHOOSE_CHANNEL' ? account.phone : undefined;
  return advance(
    on,
    flow,
    { set: { step, phone }, remove: ['open'] },
    { step, ...(phone === undefined ? {} : { phone }) },
    now,
    stillOpen(flow, now),
    [
      on.audit.write(
        {
          accountId: account.accountId,
          event: 'EMAIL_VERIFIED',
          outcome: 'PASSWORD_RESET',
          flowId: flow.flowId,
          actor: 'SELF',
        },
        now,
      ),
    ],
  );
}

export async function chooseChannel(
  on: ResetCollaborators,
  { flow, account, now }: OpenedReset,
  channel: Channel,
): Promise<ResetOutcome> {
  if (!ALLOWED.phone.includes(flow.step) || account?.phone === undefined) return OUT_OF_ORDER;
  if (channel === 'CALL' && on.settings.connect === undefined)
    return { refused: 'PHONE_NOT_ALLOWED' };
  const request = {
    flow: bound(flow),
    factor: channel,
    destination: account.phone,
    purpose: 'PASSWORD_RESET_PHONE' as const,
    budget: 'BEFORE_PASSWORD' as const,
    now,
  };
  const sent = await sendForFlow(on, { ...request, changes: { set: { step: 'VERIFY_PHONE' } } });
  return 'refused' in sent
    ? sent
    : { reset: resetView({ ...flow, step: 'VERIFY_PHONE', open: sent.sent }, undefined, now) };
}

export async function verifyPhone(
  on: ResetCollaborators,
  { flow, account, now }: OpenedReset,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<ResetOutcome> {
  if (!ALLOWED.verifyPhone.includes(flow.step) || account?.phone === undefined) return OUT_OF_ORDER;
  const proven = { set: { step: 'SET_PASSWORD' }, remove: ['open'] };
  const audit = on.audit.write(
    {
      accountId: account.accountId,
      event: 'PHONE_VERIFIED',
      outcome: 'PASSWORD_RESET',
      flowId: flow.flowId,
      actor: 'SELF',
    },
    now,
  );
  if ('call' in answer) {
    const checked = await checkCall(on, bound(flow), now);
    return 'refused' in checked
      ? checked
      : advance(on, flow, proven, { step: 'SET_PASSWORD' }, now, [], [checked.use, audit]);
  }
  const checked = await checkCode(on, {
    flow: bound(flow),
    digits: answer.code,
    destination: account.phone,
    purpose: 'PASSWORD_RESET_PHONE',
    limits: resetAnswerLimits(flow.email),
    now,
  });
  return checked === 'RIGHT'
    ? advance(on, flow, proven, { step: 'SET_PASSWORD' }, now, stillOpen(flow, now), [audit])
    : checked;
}

/** Every session, device, flow, link and grant of the account ends with its epoch; the ticket signs in once. */
export async function setPassword(
  on: ResetCollaborators,
  { flow, account, now }: OpenedReset,
  typed: string,
): Promise<ResetOutcome> {
  const { method, cognitoUsername } = account ?? {};
  if (
    !ALLOWED.password.includes(flow.step) ||
    account === undefined ||
    method === undefined ||
    cognitoUsername === undefined
  )
    return OUT_OF_ORDER;
  const password = normalizePassword(typed);
  const refused = judgePassword(
    password,
    { ...account, portalName: on.settings.portalName },
    on.isCommonPassword,
  );
  if (refused !== undefined) return { refused };
  const outcome = await withPasswordLease(
    on,
    account,
    on.flows.holds(flow),
    now,
    async (lease): Promise<ResetOutcome> => {
      if ((await on.pool.setPassword(cognitoUsername, password)) === 'REFUSED')
        return { refused: 'PASSWORD_INVALID' };
      await on.pool.signOutEverywhere(cognitoUsername);
      return complete(on, { flow, account: { ...account, method }, now }, lease);
    },
  );
  return outcome === 'BUSY' ? OUT_OF_ORDER : outcome;
}

async function complete(
  on: ResetCollaborators,
  { flow, account, now }: OpenedReset & { account: Account & { method: LoginMethod } },
  lease: PasswordLease,
): Promise<ResetOutcome> {
  const epoch = account.epoch + 1;
  const { accountId, method } = account;
  const ticket = randomSecret();
  const ended = endSessions(account, now);
  const done = {
    set: { ...ended.set, failuresInARow: 0 },
    remove: [...(ended.remove ?? []), 'wrongAnswers', lease.attribute],
  };
  return advance(
    on,
    flow,
    { set: { step: 'DONE', epoch }, remove: ['open'] },
    { step: 'DONE', epoch },
    now,
    [],
    [
      on.accounts.change(account, done, is('status', 'ACTIVE'), lease.held),
      on.tickets.issue(ticket, { accountId, epoch, loginMethod: method }, now),
      ...on.limits.restart(resetAnswerLimits(flow.email)),
      on.audit.write(
        {
          accountId,
          event: 'PASSWORD_RESET_COMPLETED',
          loginMethod: method,
          flowId: flow.flowId,
          actor: 'SELF',
        },
        now,
      ),
    ],
    ticket,
  );
}

async function advance(
  on: ResetCollaborators,
  flow: ResetFlow,
  changes: Change,
  shown: Partial<ResetFlow> & { step: ResetStep },
  now: number,
  when: readonly Clause[],
  writes: readonly Write[],
  ticket?: string,
): Promise<ResetOutcome> {
  const result = await on.commit([
    on.flows.advance(flow, changes, is('step', flow.step), ...when),
    ...writes,
  ]);
  if (!result.done) return OUT_OF_ORDER;
  const { open: _open, ...closed } = flow;
  return {
    reset: resetView({ ...closed, ...shown }, undefined, now),
    ...(ticket === undefined ? {} : { ticket }),
  };
}
