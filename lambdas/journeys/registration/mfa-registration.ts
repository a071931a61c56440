/** The MFA registration, step by step: method, e-mail address, code, password, phone, code or call, done. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { Channel, Registration, RegistrationStep } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  type PasswordContext,
  type PasswordRefusal,
  judgePassword,
  normalizePassword,
} from '../../capabilities/passwords/password.rules.ts';
import {
  type PasswordLease,
  type PasswordSettingCollaborators,
  setPasswordOf,
  withPasswordLease,
} from '../../capabilities/passwords/password-setting.ts';
import { readPhone } from '../../capabilities/accounts/phone.rules.ts';
import type { Call } from '../../capabilities/calls/call.rules.ts';
import { standingOf } from '../../capabilities/token-flows/token-flow.rules.ts';
import {
  checkCall,
  checkCode,
  registrationAnswerLimits,
  resetAnswerLimits,
  type SendRequest,
  sendForFlow,
  type StepRefusal,
  stillOpen,
  type VerificationCollaborators,
} from '../../capabilities/token-flows/verification-step.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Change, type Clause, is, oneOf } from '../../ground/platform/expressions.rules.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import {
  ALLOWED,
  emailOnRecordOnly,
  isWorkforce,
  type MfaFlow,
  registrationView,
} from './registration.rules.ts';

export interface MfaCollaborators
  extends Omit<VerificationCollaborators, 'flows'>, PasswordSettingCollaborators {
  flows: VerificationCollaborators['flows'] & {
    get(tokenHash: string): Promise<MfaFlow | undefined>;
    holds(flow: MfaFlow): Write;
  };
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  names: { release(email: string, accountId: string): Write };
  emailOwner(email: string): Promise<string | undefined>;
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

export interface OpenedFlow {
  flow: MfaFlow;
  account: Account;
  now: number;
}

export type StepOutcome = { registration: Registration; ticket?: string } | StepRefusal;

/** The flow of a token: `TOKEN_INVALID` if it is none of ours, `FLOW_EXPIRED` if it is over or replaced. */
export async function openFlow(
  on: MfaCollaborators,
  token: string | undefined,
): Promise<OpenedFlow | StepRefusal> {
  const flow = token === undefined ? undefined : await on.flows.get(hashSecret(token));
  const now = on.now();
  if (flow?.kind !== 'MFA_REGISTRATION') return { refused: 'TOKEN_INVALID' };
  const account = await on.accounts.get(flow.accountId);
  const standing = standingOf(flow, account, now, replacedAt(flow, account, now));
  if (account === undefined || standing === 'FORGOTTEN') return { refused: 'TOKEN_INVALID' };
  return standing === 'OVER' ? { refused: 'FLOW_EXPIRED' } : { flow, account, now };
}

/** When another flow of the account, or another link, took this one's place. */
function replacedAt(flow: MfaFlow, account: Account | undefined, now: number): number | undefined {
  if (flow.step === 'DONE' || account?.registrationFlow === flow.tokenHash) return undefined;
  return account?.registrationFlow === undefined ? now : account.registrationFlowAt;
}

export async function showRegistration(
  on: MfaCollaborators,
  { flow, now }: OpenedFlow,
): Promise<{ registration: Registration }> {
  const call =
    flow.open?.kind === 'CALL' ? await on.callRecords.get(flow.open.call.callId) : undefined;
  return { registration: registrationView(flow, call, now) };
}

function isAt({ flow }: OpenedFlow, move: keyof typeof ALLOWED): boolean {
  return ALLOWED[move].includes(flow.step);
}

const OUT_OF_ORDER: StepRefusal = { refused: 'STEP_OUT_OF_ORDER' };

export async function chooseMethod(
  on: MfaCollaborators,
  opened: OpenedFlow,
  method: LoginMethod,
): Promise<StepOutcome> {
  if (!isAt(opened, 'method')) return OUT_OF_ORDER;
  const { flow } = opened;
  const step: RegistrationStep = flow.step === 'CHOOSE_METHOD' ? 'ENTER_EMAIL' : flow.step;
  return advance(on, opened, { set: { method, step } }, { method, step });
}

export async function enterEmail(
  on: MfaCollaborators,
  opened: OpenedFlow,
  email: string,
): Promise<StepOutcome> {
  if (!isAt(opened, 'email')) return OUT_OF_ORDER;
  const { flow, account, now } = opened;
  if (isWorkforce(email, on.settings.workforceEmailDomains)) return { refused: 'WORKFORCE_EMAIL' };
  const onRecord = emailOnRecordOnly(flow.entry, account);
  if (onRecord !== undefined && onRecord !== email) return { refused: 'EMAIL_NOT_ON_RECORD' };
  const send = {
    flow,
    factor: 'EMAIL' as const,
    destination: email,
    purpose: 'EMAIL_VERIFICATION' as const,
    budget: 'BEFORE_PASSWORD' as const,
    now,
  };
  return sendAndShow(on, { ...send, changes: { set: { email, step: 'VERIFY_EMAIL' } } });
}

export async function verifyEmail(
  on: MfaCollaborators,
  opened: OpenedFlow,
  digits: string,
): Promise<StepOutcome> {
  const { flow, now } = opened;
  if (!isAt(opened, 'verifyEmail') || flow.email === undefined) return OUT_OF_ORDER;
  const checked = await checkCode(on, {
    flow,
    digits,
    destination: flow.email,
    purpose: 'EMAIL_VERIFICATION',
    limits: registrationAnswerLimits(flow.accountId),
    now,
  });
  if (checked !== 'RIGHT') return checked;
  const owner = await on.emailOwner(flow.email);
  if (owner !== undefined && owner !== flow.accountId) return { refused: 'EMAIL_TAKEN' };
  const changes = { set: { step: 'SET_PASSWORD' }, remove: ['open'] };
  return advance(on, opened, changes, { step: 'SET_PASSWORD' }, stillOpen(flow, now), [
    on.audit.write(
      { accountId: flow.accountId, event: 'EMAIL_VERIFIED', flowId: flow.flowId, actor: 'SELF' },
      now,
    ),
  ]);
}

export async function setPassword(
  on: MfaCollaborators,
  opened: OpenedFlow,
  typed: string,
): Promise<StepOutcome> {
  const { flow, account } = opened;
  const { email, method } = flow;
  if (!isAt(opened, 'password') || email === undefined || method === undefined) return OUT_OF_ORDER;
  const password = normalizePassword(typed);
  const refused = judge(on, account, email, password);
  if (refused !== undefined) return { refused };
  const outcome = await withPasswordLease(
    on,
    account,
    on.flows.holds(flow),
    opened.now,
    async (lease): Promise<StepOutcome> => {
      const set = await setPasswordOf(on, account, email, password);
      if ('refused' in set) return set;
      const enrolled: Change = {
        set: { email, cognitoUsername: set.cognitoUsername, method },
        remove: ['importedPassword', 'registrationLink', lease.attribute],
      };
      return method === 'EMAIL'
        ? complete(on, opened, enrolled, { accountHolds: [lease.held] })
        : enrol(on, opened, enrolled, lease);
    },
  );
  return outcome === 'BUSY' ? OUT_OF_ORDER : outcome;
}

function judge(
  on: MfaCollaborators,
  { username, firstName, lastName }: Account,
  email: string,
  password: string,
): PasswordRefusal | undefined {
  const context: PasswordContext = {
    username,
    firstName,
    lastName,
    email,
    portalName: on.settings.portalName,
  };
  return judgePassword(password, context, on.isCommonPassword);
}

/** The password is set and the phone is still to come: ENROLLING. The account's epoch goes on, and the flow with it. */
async function enrol(
  on: MfaCollaborators,
  opened: OpenedFlow,
  enrolled: Change,
  lease: PasswordLease,
): Promise<StepOutcome> {
  const { flow, account, now } = opened;
  const epoch = account.epoch + 1;
  const formerEmail = account.formerEmail ?? account.email;
  const former = formerEmail === undefined || formerEmail === flow.email ? {} : { formerEmail };
  return advance(
    on,
    opened,
    { set: { step: 'ENTER_PHONE', epoch }, remove: ['open'] },
    { step: 'ENTER_PHONE' },
    [],
    [
      on.accounts.change(
        account,
        { ...enrolled, set: { ...enrolled.set, ...former, status: 'ENROLLING', epoch } },
        oneOf('status', ['INVITED', 'IMPORTED', 'RESET']),
        lease.held,
      ),
      on.audit.write(
        { accountId: flow.accountId, event: 'PASSWORD_SET', flowId: flow.flowId, actor: 'SELF' },
        now,
      ),
      ...releases(on, account, [flow.email, formerEmail]),
    ],
  );
}

/** Frees the account's addresses that nothing keeps: the one of before the re-enrolment, and that of one that was given up. */
function releases(
  on: MfaCollaborators,
  { accountId, email, formerEmail }: Account,
  kept: readonly (string | undefined)[],
): Write[] {
  return [...new Set([email, formerEmail])].flatMap((one) =>
    one === undefined || kept.includes(one) ? [] : [on.names.release(one, accountId)],
  );
}

export async function enterPhone(
  on: MfaCollaborators,
  opened: OpenedFlow,
  typed: string,
  channel: Channel,
): Promise<StepOutcome> {
  if (!isAt(opened, 'phone')) return OUT_OF_ORDER;
  const { flow, now } = opened;
  if (channel === 'CALL' && on.settings.connect === undefined)
    return { refused: 'PHONE_NOT_ALLOWED' };
  const read = readPhone(typed, on.settings.allowedCountries);
  if ('refused' in read) return read;
  const { phone } = read;
  const send = {
    flow,
    factor: channel,
    destination: phone,
    purpose: 'PHONE_VERIFICATION' as const,
    budget: 'BEFORE_PASSWORD' as const,
    now,
  };
  return sendAndShow(on, { ...send, changes: { set: { phone, step: 'VERIFY_PHONE' } } });
}

export async function verifyPhone(
  on: MfaCollaborators,
  opened: OpenedFlow,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<StepOutcome> {
  const { flow, now } = opened;
  const { phone } = flow;
  if (!isAt(opened, 'verifyPhone') || phone === undefined) return OUT_OF_ORDER;
  const bound: Change = { set: { phone, method: 'PHONE' } };
  if ('call' in answer) {
    const checked = await checkCall(on, flow, now);
    return 'refused' in checked ? checked : complete(on, opened, bound, { writes: [checked.use] });
  }
  const checked = await checkCode(on, {
    flow,
    digits: answer.code,
    destination: phone,
    purpose: 'PHONE_VERIFICATION',
    limits: registrationAnswerLimits(flow.accountId),
    now,
  });
  return checked === 'RIGHT'
    ? complete(on, opened, bound, { flowHolds: stillOpen(flow, now) })
    : checked;
}

/** What a completion demands besides its own conditions, and writes besides its own. */
interface Completion {
  flowHolds?: readonly Clause[];
  accountHolds?: readonly Clause[];
  writes?: readonly Write[];
}

/** ACTIVE: older flows, links and devices die with the epoch; the ticket signs in once. */
async function complete(
  on: MfaCollaborators,
  opened: OpenedFlow,
  bound: Change,
  { flowHolds = [], accountHolds = [], writes = [] }: Completion,
): Promise<StepOutcome> {
  const { flow, account, now } = opened;
  const { accountId, flowId } = flow;
  const loginMethod = flow.method ?? account.method ?? 'EMAIL';
  const epoch = account.epoch + 1;
  const ticket = randomSecret();
  const email = flow.email ?? account.email;
  const formerEmail = account.formerEmail ?? (account.email === email ? undefined : account.email);
  const active = {
    ...bound,
    set: {
      ...bound.set,
      ...(formerEmail === undefined ? {} : { formerEmail }),
      status: 'ACTIVE',
      epoch,
      registeredAt: now,
      lastFactorAt: now,
      lastLoginMethod: loginMethod,
      failuresInARow: 0,
    },
    remove: [
      ...(bound.remove ?? []),
      ...(loginMethod === 'EMAIL' ? ['phone'] : []),
      'wrongAnswers',
      'registrationFlow',
      'registrationLink',
      'grants',
    ].filter((name, at, all) => all.indexOf(name) === at),
  };
  const again = account.registeredAt !== undefined;
  return advance(
    on,
    opened,
    { set: { step: 'DONE', epoch }, remove: ['open'] },
    { step: 'DONE' },
    flowHolds,
    [
      on.accounts.change(
        account,
        active,
        oneOf('status', ['INVITED', 'IMPORTED', 'ENROLLING', 'RESET']),
        ...accountHolds,
      ),
      on.tickets.issue(ticket, { accountId, epoch, loginMethod }, now),
      on.audit.write(
        {
          accountId,
          event: 'REGISTRATION_COMPLETED',
          outcome: again ? 'AGAIN' : 'FIRST',
          loginMethod,
          flowId,
          actor: 'SELF',
        },
        now,
      ),
      ...releases(on, account, [email]),
      ...on.limits.restart([
        ...registrationAnswerLimits(accountId),
        ...(email === undefined ? [] : resetAnswerLimits(email)),
      ]),
      ...writes,
    ],
    ticket,
  );
}

async function sendAndShow(
  on: MfaCollaborators,
  request: SendRequest & { flow: MfaFlow },
): Promise<StepOutcome> {
  const sent = await sendForFlow(on, request);
  if ('refused' in sent) return sent;
  const flow = { ...request.flow, ...(request.changes.set as Partial<MfaFlow>), open: sent.sent };
  return { registration: registrationView(flow, undefined, request.now) };
}

/** One step: the flow's turn and everything that belongs to it, together. Two at once: the other is out of order. */
async function advance(
  on: MfaCollaborators,
  { flow, now }: OpenedFlow,
  changes: Change,
  shown: Partial<MfaFlow>,
  when: readonly Clause[] = [],
  writes: readonly Write[] = [],
  ticket?: string,
): Promise<StepOutcome> {
  const result = await on.commit([
    on.flows.advance(flow, changes, is('step', flow.step), ...when),
    ...writes,
  ]);
  if (!result.done) return OUT_OF_ORDER;
  const { open: _open, ...kept } = flow;
  const next = changes.remove?.includes('open') === true ? kept : flow;
  return {
    registration: registrationView({ ...next, ...shown }, undefined, now),
    ...(ticket === undefined ? {} : { ticket }),
  };
}
