/**
 * New providers: NPI and registration code, then the account; one transaction redeems, claims and
 * creates.
 */
import { maskEmail } from '../../../contract/masks.ts';
import type { AccountDetails } from '../../../contract/flows.ts';
import type { FieldFault } from '../../../contract/problems.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { correctContactEmail } from '../../capabilities/accounts/address.transitions.ts';
import type { AccountsPort, NamesPort } from '../../capabilities/accounts/accounts.port.ts';
import { refuseWorkforce } from '../../capabilities/accounts/email.rules.ts';
import {
  type PhoneRefusal,
  type PhoneRules,
  readPhone,
} from '../../capabilities/accounts/phone.rules.ts';
import type { OutboxPort } from '../../capabilities/outbox/outbox.port.ts';
import {
  isRedeemable,
  registrationCodeMessage,
} from '../../capabilities/providers/registration-code.rules.ts';
import type { RegistrationCodesPort } from '../../capabilities/providers/registration-codes.port.ts';
import {
  beginFlow,
  findFlow,
  type FlowStep,
  type Opened,
  OUT_OF_ORDER,
  type Source,
  type StepRefusal,
} from '../../capabilities/token-flows/token-flow.ts';
import type { TokenFlowsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { CodeMacPort } from '../../capabilities/verification/codes.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { type Limited, secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { CommitPort } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomId } from '../../ground/platform/random.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import type { ProviderFlow } from './registration.rules.ts';
import { tieAccount } from './registration.transitions.ts';

export interface ProviderDeps extends CommitPort {
  codes: Pick<RegistrationCodesPort, 'find' | 'redeem'>;
  mac: CodeMacPort;
  flows: Pick<TokenFlowsPort<ProviderFlow>, 'open' | 'get' | 'advance'>;
  accounts: Pick<AccountsPort, 'get' | 'apply' | 'create'>;
  names: Pick<NamesPort, 'claimUsername' | 'noLegacy'>;
  limits: Pick<LimitsPort, 'count' | 'forgive'>;
  outbox: Pick<OutboxPort, 'sendLink'>;
  audit: AuditPort;
  settings: FunctionSettings;
  now: () => number;
}

export interface Started {
  flowToken: string;
  expiresAt: string;
  provider: { npi: string; name: string };
}

interface Created {
  username: string;
  maskedEmail: string;
  linkExpiresAt: string;
}

export type CreationOutcome = Created | StepRefusal;

/** Opens a registration; never says which half of a bad pair was wrong. */
export async function startProviderRegistration(
  deps: ProviderDeps,
  npi: string,
  typedCode: string,
  source: Source,
): Promise<Started | StepRefusal> {
  const now = deps.now();
  const spender = { subject: npi, source: source.sourceAddress };
  const guesses = limitsOf('REGISTRATION_CODE', spender, deps.settings);
  const counted = await deps.limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED') return exhausted('RATE_LIMITED', counted, now);
  const codeMac = await deps.mac.mac(registrationCodeMessage(npi, typedCode));
  const { provider, code } = await deps.codes.find(npi, codeMac);
  if (provider === undefined || !isRedeemable(code))
    return { refused: 'REGISTRATION_CODE_INVALID' };
  const { flowToken, flow } = beginFlow('PROVIDER_REGISTRATION', now);
  await deps.commit([
    deps.flows.open({
      ...flow,
      npi,
      codeMac,
      role: code.role,
    }),
  ]);
  await deps.limits.forgive(guesses);
  const expiresAt = new Date(flow.expiresAt).toISOString();
  return {
    flowToken,
    expiresAt,
    provider: { npi, name: provider.name },
  };
}

function exhausted(
  refused: 'RATE_LIMITED' | 'SEND_LIMIT',
  { until }: Extract<Limited, { outcome: 'EXHAUSTED' }>,
  now: number,
): StepRefusal {
  return {
    refused,
    retryAfterSeconds: secondsUntil(until, now),
  };
}

export type OpenedProviderFlow = Opened<ProviderFlow>;

export function openProviderFlow(
  deps: ProviderDeps,
  request: FlowStep,
): Promise<OpenedProviderFlow | StepRefusal> {
  return findFlow(deps, { kind: 'PROVIDER_REGISTRATION', ...request });
}

/** What is wrong with the phone of a form, to be reported together with its other faults. */
export function phoneFaults(form: Record<string, unknown>, rules: PhoneRules): FieldFault[] {
  const { phone } = form;
  if (typeof phone !== 'string' || phone.trim() === '') return [];
  const read = readPhone(phone, rules);
  return 'refused' in read ? [{ path: 'phone', message: PHONE_FAULTS[read.refused] }] : [];
}

const PHONE_FAULTS: Record<PhoneRefusal, string> = {
  PHONE_INVALID: 'is not a phone number',
  PHONE_EXTENSION: 'has an extension; a direct line is needed',
  PHONE_NOT_ALLOWED: 'is not a direct line in an allowed country',
};

export async function createAccount(
  deps: ProviderDeps,
  { flow, account: made, now }: OpenedProviderFlow,
  details: AccountDetails,
): Promise<CreationOutcome> {
  const read = readPhone(details.phone, deps.settings);
  if ('refused' in read) return read;
  const workforce = refuseWorkforce(details.email, deps.settings);
  if (workforce !== undefined) return workforce;
  if (flow.accountId !== undefined) return repeatCreated(deps, made, details, now);
  const account = newAccount(flow, details, read.phone, now);
  const { accountId, username, epoch, role } = account;
  const event = { accountId, event: 'ACCOUNT_CREATED', outcome: role, actor: 'SELF' } as const;
  const result = await deps.commit([
    deps.codes.redeem(flow.npi, flow.codeMac, accountId, now),
    deps.names.claimUsername(username, accountId),
    // It would come before the other person's name at the portal login.
    deps.names.noLegacy(username),
    deps.accounts.create(account),
    deps.flows.advance(flow, tieAccount(accountId, epoch)),
    deps.audit.write({ ...event, flowId: flow.flowId }, now),
  ]);
  if (result.done) return mailLink(deps, account, now);
  const [code, ...names] = result.refused.slice(0, 3);
  if (code !== true) return usedCode(deps, flow, details, now);
  return names.every((free) => free === true) ? OUT_OF_ORDER : usernameTaken(deps, flow, now);
}

function newAccount(
  { npi, role, language }: ProviderFlow,
  { username, firstName, lastName, email }: AccountDetails,
  phone: string,
  now: number,
): Account {
  return {
    accountId: randomId(),
    username,
    firstName,
    lastName,
    npi,
    role,
    ...definite({ language }),
    status: 'INVITED',
    epoch: 1,
    createdAt: now,
    contactEmail: email,
    contactPhone: phone,
  };
}

/**
 * Counted by flow. A registration code does not list the usernames of the portal: the first one
 * that is free spends it.
 */
async function usernameTaken(
  { limits, settings }: ProviderDeps,
  { flowId: flow }: ProviderFlow,
  now: number,
): Promise<StepRefusal> {
  const counted = await limits.count(limitsOf('USERNAME_TAKEN', { flow }, settings), now);
  return counted.outcome === 'EXHAUSTED'
    ? exhausted('RATE_LIMITED', counted, now)
    : { refused: 'USERNAME_TAKEN' };
}

/** The code is used by now: by this flow, where the same request comes twice at once. */
async function usedCode(
  deps: ProviderDeps,
  { tokenHash }: ProviderFlow,
  details: AccountDetails,
  now: number,
): Promise<CreationOutcome> {
  const accountId = (await deps.flows.get(tokenHash))?.accountId;
  if (accountId === undefined) return { refused: 'REGISTRATION_CODE_INVALID' };
  return repeatCreated(deps, await deps.accounts.get(accountId), details, now);
}

/** The same request again, after an answer that got lost: the same account, the link once more. */
async function repeatCreated(
  deps: ProviderDeps,
  account: Account | undefined,
  { username, email }: AccountDetails,
  now: number,
): Promise<CreationOutcome> {
  const isSame =
    account?.status === 'INVITED' &&
    account.username === username &&
    account.contactEmail === email;
  return isSame ? mailLink(deps, account, now) : OUT_OF_ORDER;
}

/**
 * Corrects a mistyped address while it is unused. The link that went there is invalid at once, and
 * the address is notified. What staff have corrected stays as it is.
 */
export async function correctEmail(
  deps: ProviderDeps,
  { flow, account, now }: OpenedProviderFlow,
  email: string,
): Promise<CreationOutcome> {
  if (account?.status !== 'INVITED') return OUT_OF_ORDER;
  const workforce = refuseWorkforce(email, deps.settings);
  if (workforce !== undefined) return workforce;
  const { accountId } = account;
  const { flowId } = flow;
  const limits = limitsOf('CONTACT_EMAIL', { account: accountId }, deps.settings);
  const counted = await deps.limits.count(limits, now, [
    deps.accounts.apply(account, correctContactEmail(account, email, now)),
    deps.audit.write(
      {
        accountId,
        event: 'CONTACT_EMAIL_CHANGED',
        flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  if (counted.outcome === 'EXHAUSTED') return exhausted('SEND_LIMIT', counted, now);
  return counted.outcome === 'DONE'
    ? mailLink(deps, { ...account, contactEmail: email }, now)
    : OUT_OF_ORDER;
}

async function mailLink(
  { outbox, settings }: ProviderDeps,
  { accountId, epoch, username, contactEmail = '' }: Account,
  now: number,
): Promise<Created> {
  const expiresAt = now + settings.linkLife * 1000;
  await outbox.sendLink({
    accountId,
    epoch,
    expiresAt,
    lane: 'SIGN_UP_LINK',
    givenAddress: sha256(contactEmail),
  });
  const linkExpiresAt = new Date(expiresAt).toISOString();
  return {
    username,
    maskedEmail: maskEmail(contactEmail),
    linkExpiresAt,
  };
}
