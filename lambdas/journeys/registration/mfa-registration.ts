/**
 * The MFA registration, step by step: method, e-mail address, code, password, phone, code or call,
 * done.
 */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { maskEmail } from '../../../contract/masks.ts';
import type { Channel, Registration } from '../../../contract/flows.ts';
import { type Account, hasBounced } from '../../capabilities/accounts/account.rules.ts';
import {
  enrol,
  type Enrolment,
  holdsPasswordLease,
} from '../../capabilities/accounts/account.transitions.ts';
import { refuseWorkforce } from '../../capabilities/accounts/email.rules.ts';
import { spendLink } from '../../capabilities/accounts/link.transitions.ts';
import { readPhoneFor } from '../../capabilities/accounts/phone.rules.ts';
import { normalizePassword } from '../../capabilities/passwords/password.rules.ts';
import { setPasswordOf, withPasswordLease } from '../../capabilities/passwords/password-setting.ts';
import { refusePassword } from '../../capabilities/passwords/password-strength.ts';
import { ticketOf } from '../../capabilities/token-flows/repeats.ts';
import {
  callOf,
  findFlow,
  type FlowStep,
  OUT_OF_ORDER,
  sendForFlow,
  type StepRefusal,
  verify,
} from '../../capabilities/token-flows/token-flow.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Limit } from '../../ground/limits/limits.rules.ts';
import { complete } from './complete-registration.ts';
import {
  type MfaDeps,
  type OpenedFlow,
  releases,
  step,
  type StepOutcome,
  type Taken,
} from './registration-step.ts';
import { type MfaFlow, onlyEmail, registrationView, takes } from './registration.rules.ts';
import * as steps from './registration.transitions.ts';

/**
 * The flow of a token: `TOKEN_INVALID` if there is none, `FLOW_EXPIRED` if it is over or replaced.
 */
export async function openFlow(
  deps: MfaDeps,
  request: FlowStep,
): Promise<OpenedFlow | StepRefusal> {
  const found = await findFlow(deps, {
    kind: 'MFA_REGISTRATION',
    overAt,
    ...request,
  });
  if ('refused' in found) return found;
  const { account } = found;
  return account === undefined ? { refused: 'TOKEN_INVALID' } : { ...found, account };
}

/** When another flow of the account, or another link, took this one's place. */
function overAt(flow: MfaFlow, account: Account | undefined, now: number): number | undefined {
  if (flow.step === 'DONE' || account?.registrationFlow === flow.tokenHash) return undefined;
  return account?.registrationFlow === undefined ? now : account.registrationFlowAt;
}

export async function showRegistration(
  deps: MfaDeps,
  { flow, now }: OpenedFlow,
): Promise<{ registration: Registration }> {
  return { registration: registrationView(flow, await callOf(deps, flow), now) };
}

/** The answer of a step that was taken already, with the ticket if it was the last one. */
export async function repeatStep(deps: MfaDeps, opened: OpenedFlow): Promise<Taken> {
  const shown = await showRegistration(deps, opened);
  const { flow, account, token } = opened;
  if (flow.step !== 'DONE') return shown;
  return {
    ...shown,
    ticket: ticketOf(token),
    email: flow.email ?? account.email,
  };
}

export async function chooseMethod(
  deps: MfaDeps,
  opened: OpenedFlow,
  method: LoginMethod,
): Promise<StepOutcome> {
  const { flow, account } = opened;
  if (!takes(flow, 'method')) return OUT_OF_ORDER;
  const { tokenHash, linkHash } = flow;
  const opensAgain = linkHash !== undefined && account.registrationLink === linkHash;
  return step(
    deps,
    opened,
    steps.chooseMethod(flow, method),
    opensAgain ? [deps.accounts.apply(account, spendLink(tokenHash, linkHash))] : [],
  );
}

export async function enterEmail(
  deps: MfaDeps,
  opened: OpenedFlow,
  email: string,
): Promise<StepOutcome> {
  const { flow, account } = opened;
  if (!takes(flow, 'email')) return OUT_OF_ORDER;
  const workforce = refuseWorkforce(email, deps.settings);
  if (workforce !== undefined) return workforce;
  const only = onlyEmail(flow, account);
  if (only !== undefined && only !== email) return notOnRecord(only);
  if (hasBounced(account, email, opened.now)) return { refused: 'EMAIL_BOUNCED' };
  return send(deps, opened, {
    factor: 'EMAIL',
    destination: email,
    purpose: 'EMAIL_VERIFICATION',
    lane: 'ENROLMENT',
    step: steps.enterEmail(flow, email),
  });
}

function notOnRecord(email: string): StepRefusal {
  const detail = `Only the e-mail address on record can be used here: ${maskEmail(email)}.`;
  return { refused: 'EMAIL_NOT_ON_RECORD', detail };
}

export async function verifyEmail(
  deps: MfaDeps,
  opened: OpenedFlow,
  code: string,
): Promise<StepOutcome> {
  const { flow, now } = opened;
  const { email, accountId, flowId } = flow;
  if (!takes(flow, 'verifyEmail') || email === undefined) return OUT_OF_ORDER;
  const verified = await verify(deps, opened, {
    answer: { code },
    destination: email,
    purpose: 'EMAIL_VERIFICATION',
    limits: answerLimits(deps, flow),
  });
  if ('refused' in verified) return verified;
  const owner = await deps.accounts.ownerOf(email, now);
  if (owner !== undefined && owner !== accountId) return { refused: 'EMAIL_TAKEN' };
  return step(deps, opened, steps.verifyEmail(flow, verified.when), [
    deps.audit.write(
      {
        accountId,
        event: 'EMAIL_VERIFIED',
        flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
}

function answerLimits({ settings }: MfaDeps, { entry, accountId }: MfaFlow): Limit[] {
  return limitsOf(`REGISTRATION_ANSWER_BY_${entry}`, { account: accountId }, settings);
}

export async function setPassword(
  deps: MfaDeps,
  opened: OpenedFlow,
  typed: string,
): Promise<StepOutcome> {
  const { flow, account, now } = opened;
  const { email, method } = flow;
  if (!takes(flow, 'password') || email === undefined || method === undefined) return OUT_OF_ORDER;
  const password = normalizePassword(typed);
  const refused = await refusePassword(deps, password, { ...account, email });
  if (refused !== undefined) return { refused };
  const lease = {
    account,
    flowHolds: deps.flows.holds(flow),
    now,
    id: opened.requestId,
  };
  const outcome = await withPasswordLease(deps, lease, async (leaseId): Promise<StepOutcome> => {
    const set = await setPasswordOf(deps, {
      account,
      email,
      password,
      until: flow.expiresAt,
    });
    if ('refused' in set) return set;
    const enrolment: Enrolment = {
      email,
      method,
      cognitoUsername: set.cognitoUsername,
    };
    return method === 'EMAIL'
      ? complete(deps, opened, { loginMethod: method, enrolment, leaseId })
      : askForPhone(deps, opened, enrolment, leaseId);
  });
  return outcome === 'BUSY' ? OUT_OF_ORDER : outcome;
}

/** The account is ENROLLING under a new epoch, and the flow with it. */
async function askForPhone(
  deps: MfaDeps,
  opened: OpenedFlow,
  enrolment: Enrolment,
  leaseId: string,
): Promise<StepOutcome> {
  const { flow, account, now } = opened;
  const { accountId, flowId } = flow;
  const before = account.formerEmail ?? account.email;
  const formerEmail = before === flow.email ? undefined : before;
  const enrolled = enrol(account, enrolment, { formerEmail, language: flow.language });
  return step(deps, opened, steps.passwordSet(flow, account.epoch + 1), [
    deps.accounts.apply(account, enrolled, holdsPasswordLease(leaseId)),
    deps.names.confirm(enrolment.email, accountId),
    deps.audit.write(
      {
        accountId,
        event: 'PASSWORD_SET',
        flowId,
        actor: 'SELF',
      },
      now,
    ),
    ...releases(deps, account, [flow.email, before]),
  ]);
}

export async function enterPhone(
  deps: MfaDeps,
  opened: OpenedFlow,
  typed: string,
  channel: Channel,
): Promise<StepOutcome> {
  const { flow } = opened;
  if (!takes(flow, 'phone')) return OUT_OF_ORDER;
  const read = readPhoneFor(channel, typed, deps.settings);
  if ('refused' in read) return read;
  return send(deps, opened, {
    factor: channel,
    destination: read.phone,
    purpose: 'PHONE_VERIFICATION',
    lane: 'ENROLMENT',
    step: steps.enterPhone(flow, read.phone),
  });
}

export async function verifyPhone(
  deps: MfaDeps,
  opened: OpenedFlow,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<StepOutcome> {
  const { flow } = opened;
  const { phone } = flow;
  if (!takes(flow, 'verifyPhone') || phone === undefined) return OUT_OF_ORDER;
  const verified = await verify(deps, opened, {
    answer,
    destination: phone,
    purpose: 'PHONE_VERIFICATION',
    limits: answerLimits(deps, flow),
  });
  if ('refused' in verified) return verified;
  return complete(deps, opened, { loginMethod: 'PHONE', phone, verified });
}

async function send(
  deps: MfaDeps,
  opened: OpenedFlow,
  request: Parameters<typeof sendForFlow<MfaFlow>>[2],
): Promise<StepOutcome> {
  const sent = await sendForFlow(deps, opened, request);
  return 'refused' in sent ? sent : { registration: registrationView(sent, undefined, opened.now) };
}
