/** New providers: NPI and registration code, then the account; one transaction redeems, claims and creates. */
import type { AccountDetails } from '../../../contract/flows.ts';
import { maskEmail } from '../../../contract/accounts.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { readPhone } from '../../capabilities/accounts/phone.rules.ts';
import {
  standingOf,
  TOKEN_FLOW_LIFE_MS,
  TOKEN_FLOW_VERSION,
} from '../../capabilities/token-flows/token-flow.rules.ts';
import {
  secondsUntil,
  type StepRefusal,
} from '../../capabilities/token-flows/verification-step.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Change, type Clause, is } from '../../ground/platform/expressions.rules.ts';
import type { Limit, Limited } from '../../ground/limits/limits.rules.ts';
import { MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { randomId, randomSecret } from '../../ground/platform/random.ts';
import { hashSecret, sha256 } from '../../ground/platform/secrets.rules.ts';
import { credentialLimits, type Source } from './open-registration.ts';
import {
  isRedeemable,
  type RegistrationCode,
  registrationCodeMessage,
} from './registration-code.rules.ts';
import { isWorkforce, type ProviderFlow } from './registration.rules.ts';

export interface ProviderCollaborators {
  codes: {
    find(
      npi: string,
      mac: string,
    ): Promise<{
      provider: { npi: string; name: string } | undefined;
      code: RegistrationCode | undefined;
    }>;
    redeem(npi: string, mac: string, accountId: string, now: number): Write;
  };
  mac: { mac(message: string): Promise<string> };
  flows: {
    open(flow: ProviderFlow): Write[];
    get(tokenHash: string): Promise<ProviderFlow | undefined>;
    advance(
      flow: Pick<ProviderFlow, 'tokenHash' | 'turn'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  names: {
    create(account: Account): Write;
    claimUsername(username: string, accountId: string): Write;
  };
  limits: {
    count(limits: readonly Limit[], now: number): Promise<Limited>;
    forgive(limits: readonly Limit[]): Promise<void>;
  };
  outbox: {
    sendLink(link: { accountId: string; epoch: number; expiresAt: number }): Promise<void>;
  };
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  settings: FunctionSettings;
  now(): number;
}

export interface Started {
  flowToken: string;
  expiresAt: string;
  provider: { npi: string; name: string };
}

export interface Created {
  username: string;
  maskedEmail: string;
  linkExpiresAt: string;
}

export type CreationOutcome = Created | StepRefusal;

/** Opens a registration; never says which half of a bad pair was wrong. */
export async function startProviderRegistration(
  on: ProviderCollaborators,
  npi: string,
  typedCode: string,
  source: Source,
): Promise<Started | StepRefusal> {
  const now = on.now();
  const guesses = credentialLimits(on.settings, `NPI#${npi}`, source);
  const counted = await on.limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  const codeMac = await on.mac.mac(registrationCodeMessage(npi, typedCode));
  const { provider, code } = await on.codes.find(npi, codeMac);
  if (provider === undefined || !isRedeemable(code))
    return { refused: 'REGISTRATION_CODE_INVALID' };
  const flowToken = randomSecret();
  const flow: ProviderFlow = {
    v: TOKEN_FLOW_VERSION,
    kind: 'PROVIDER_REGISTRATION',
    tokenHash: hashSecret(flowToken),
    flowId: randomId(),
    turn: 0,
    openedAt: now,
    expiresAt: now + TOKEN_FLOW_LIFE_MS,
    npi,
    codeMac,
    role: code.role,
  };
  await on.commit(on.flows.open(flow));
  await on.limits.forgive(guesses);
  return {
    flowToken,
    expiresAt: new Date(flow.expiresAt).toISOString(),
    provider: { npi, name: provider.name },
  };
}

export interface OpenedProviderFlow {
  flow: ProviderFlow;
  now: number;
}

export async function openProviderFlow(
  on: ProviderCollaborators,
  token: string | undefined,
): Promise<OpenedProviderFlow | StepRefusal> {
  const flow = token === undefined ? undefined : await on.flows.get(hashSecret(token));
  const now = on.now();
  if (flow?.kind !== 'PROVIDER_REGISTRATION') return { refused: 'TOKEN_INVALID' };
  const account = flow.accountId === undefined ? undefined : await on.accounts.get(flow.accountId);
  const standing = standingOf(flow, account, now);
  if (standing === 'FORGOTTEN') return { refused: 'TOKEN_INVALID' };
  return standing === 'OVER' ? { refused: 'FLOW_EXPIRED' } : { flow, now };
}

export async function createAccount(
  on: ProviderCollaborators,
  { flow, now }: OpenedProviderFlow,
  details: AccountDetails,
): Promise<CreationOutcome> {
  const checked = check(on, details);
  if ('refused' in checked) return checked;
  if (flow.accountId !== undefined) return repeatCreated(on, flow.accountId, details, now);
  const { npi, role, codeMac } = flow;
  const { username, firstName, lastName, email } = details;
  const account: Account = {
    ...{
      accountId: randomId(),
      username,
      firstName,
      lastName,
      npi,
      role,
      status: 'INVITED' as const,
      epoch: 1,
      createdAt: now,
    },
    ...{ contactEmail: email, contactPhone: checked.phone },
  };
  const { accountId } = account;
  const result = await on.commit([
    on.codes.redeem(npi, codeMac, accountId, now),
    on.names.claimUsername(username, accountId),
    on.names.create(account),
    on.flows.advance(flow, { set: { accountId, epoch: account.epoch } }),
    on.audit.write(
      { accountId, event: 'ACCOUNT_CREATED', outcome: role, flowId: flow.flowId, actor: 'SELF' },
      now,
    ),
  ]);
  if (!result.done) return refusalOf(result.refused);
  return mailLink(on, account, now);
}

function check(
  on: ProviderCollaborators,
  { email, phone }: AccountDetails,
): { phone: string } | StepRefusal {
  const read = readPhone(phone, on.settings.allowedCountries);
  if ('refused' in read) return read;
  return isWorkforce(email, on.settings.workforceEmailDomains)
    ? { refused: 'WORKFORCE_EMAIL' }
    : read;
}

/** Which of the writes was refused tells why: the code was redeemed first by somebody else, or the username is given. */
function refusalOf([code, username]: readonly (
  true | Record<string, unknown> | undefined
)[]): StepRefusal {
  if (code !== true) return { refused: 'REGISTRATION_CODE_INVALID' };
  return username === true ? { refused: 'STEP_OUT_OF_ORDER' } : { refused: 'USERNAME_TAKEN' };
}

/** The same request again, after an answer that got lost: the same account, the link once more. */
async function repeatCreated(
  on: ProviderCollaborators,
  accountId: string,
  details: AccountDetails,
  now: number,
): Promise<CreationOutcome> {
  const account = await on.accounts.get(accountId);
  const isSame =
    account?.status === 'INVITED' &&
    account.username === details.username &&
    account.contactEmail === details.email;
  return isSame ? mailLink(on, account, now) : { refused: 'STEP_OUT_OF_ORDER' };
}

/** Corrects a mistyped address while nobody has used it; the link that went there is dead at once. */
export async function correctContactEmail(
  on: ProviderCollaborators,
  { flow, now }: OpenedProviderFlow,
  email: string,
): Promise<CreationOutcome> {
  const account = flow.accountId === undefined ? undefined : await on.accounts.get(flow.accountId);
  if (account?.status !== 'INVITED') return { refused: 'STEP_OUT_OF_ORDER' };
  if (isWorkforce(email, on.settings.workforceEmailDomains)) return { refused: 'WORKFORCE_EMAIL' };
  const counted = await on.limits.count(
    [
      { key: `CONTACT#${account.accountId}`, max: 10, windowMs: 15 * MINUTE_MS },
      linkLimit(on.settings, email),
    ],
    now,
  );
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'SEND_LIMIT', retryAfterSeconds: secondsUntil(counted.until, now) };
  const result = await on.commit([
    on.accounts.change(
      account,
      { set: { contactEmail: email }, remove: ['registrationLink', 'registrationFlow'] },
      is('status', 'INVITED'),
    ),
    on.audit.write(
      {
        accountId: account.accountId,
        event: 'CONTACT_EMAIL_CHANGED',
        flowId: flow.flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  return result.done
    ? mailLink(on, { ...account, contactEmail: email }, now)
    : { refused: 'STEP_OUT_OF_ORDER' };
}

function linkLimit({ limits }: FunctionSettings, email: string): Limit {
  return {
    key: `CONTACT#EMAIL#${sha256(email)}`,
    max: limits.emailSendsPerQuarterHour,
    windowMs: 15 * MINUTE_MS,
  };
}

async function mailLink(
  on: ProviderCollaborators,
  { accountId, epoch, username, contactEmail = '' }: Account,
  now: number,
): Promise<Created> {
  const expiresAt = now + on.settings.linkLife * 1000;
  await on.outbox.sendLink({ accountId, epoch, expiresAt });
  return {
    username,
    maskedEmail: maskEmail(contactEmail),
    linkExpiresAt: new Date(expiresAt).toISOString(),
  };
}
