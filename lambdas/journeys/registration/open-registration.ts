/**
 * Opening an MFA registration, by portal username and password or by a mailed link. Unknown, imported and known
 * usernames cost the same work, and the answer leaves at a fixed floor.
 */
import type { Registration } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import type { StepRefusal } from '../../capabilities/token-flows/verification-step.ts';
import { secondsUntil } from '../../capabilities/token-flows/verification-step.ts';
import {
  TOKEN_FLOW_LIFE_MS,
  TOKEN_FLOW_VERSION,
} from '../../capabilities/token-flows/token-flow.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Change, type Clause, is } from '../../ground/platform/expressions.rules.ts';
import { HOUR_MS, type Limit, type Limited } from '../../ground/limits/limits.rules.ts';
import { randomId, randomSecret } from '../../ground/platform/random.ts';
import { hashSecret, sha256 } from '../../ground/platform/secrets.rules.ts';
import {
  type Entry,
  firstStep,
  type MfaFlow,
  opensBy,
  registrationView,
} from './registration.rules.ts';

export interface OpeningCollaborators {
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    byUsername(username: string): Promise<Account | undefined>;
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  links: {
    get(
      token: string,
    ): Promise<{ accountId: string; epoch: number; expiresAt: number } | undefined>;
    use(
      token: string,
      link: { accountId: string; epoch: number; expiresAt: number },
      now: number,
    ): Write;
  };
  flows: { open(flow: MfaFlow): Write[] };
  limits: {
    count(limits: readonly Limit[], now: number): Promise<Limited>;
    forgive(limits: readonly Limit[]): Promise<void>;
  };
  /** True if the password is the one behind the imported hash; costs the same without a hash. */
  isImportedPassword(password: string, stored: string | undefined): Promise<boolean>;
  /** True if Cognito takes the password; costs the same for an address that it does not know. */
  isCognitoPassword(password: string, email: string | undefined): Promise<boolean>;
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  settings: FunctionSettings;
  now(): number;
}

export interface Opened {
  flowToken: string;
  registration: Registration;
}

export interface Source {
  sourceAddress: string;
  requestId: string;
}

/** Statuses whose password is Cognito's. */
const IN_COGNITO = ['ENROLLING', 'RESET', 'ACTIVE'];

export async function openByPassword(
  on: OpeningCollaborators,
  username: string,
  password: string,
  source: Source,
): Promise<Opened | StepRefusal> {
  const now = on.now();
  const guesses = credentialLimits(on.settings, `USERNAME#${sha256(username)}`, source);
  const counted = await on.limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  const account = await on.accounts.byUsername(username);
  const inCognito = account !== undefined && IN_COGNITO.includes(account.status);
  const [imported, known] = await Promise.all([
    on.isImportedPassword(
      password,
      account?.status === 'IMPORTED' ? account.importedPassword : undefined,
    ),
    on.isCognitoPassword(password, inCognito ? account.email : undefined),
  ]);
  if (account === undefined || !(inCognito ? known : imported))
    return { refused: 'CREDENTIALS_INVALID' };
  await on.limits.forgive(guesses);
  if (account.status === 'ACTIVE') return { refused: 'ALREADY_REGISTERED' };
  return opensBy('PASSWORD', account.status)
    ? open(on, account, 'PASSWORD', source, now)
    : { refused: 'CREDENTIALS_INVALID' };
}

export async function openByLink(
  on: OpeningCollaborators,
  token: string,
  source: Source,
): Promise<Opened | StepRefusal> {
  const now = on.now();
  const link = await on.links.get(token);
  const account =
    link === undefined || link.expiresAt <= now ? undefined : await on.accounts.get(link.accountId);
  const isLive =
    account !== undefined &&
    account.epoch === link?.epoch &&
    account.registrationLink === hashSecret(token);
  if (!isLive || link === undefined || !opensBy('LINK', account.status))
    return { refused: 'LINK_INVALID' };
  const opened = await open(on, account, 'LINK', source, now, [on.links.use(token, link, now)]);
  return 'refused' in opened ? { refused: 'LINK_INVALID' } : opened;
}

/** Guesses are counted before they are judged, per subject and source, and per source. */
export function credentialLimits(
  { limits }: FunctionSettings,
  subject: string,
  { sourceAddress }: Source,
): Limit[] {
  const source = sha256(sourceAddress);
  return [
    {
      key: `CREDENTIALS#${subject}#${source}`,
      max: limits.wrongCredentialsPerSubjectHour,
      windowMs: HOUR_MS,
    },
    {
      key: `CREDENTIALS#${subject}`,
      max: limits.wrongCredentialsPerSubjectHour * 10,
      windowMs: HOUR_MS,
    },
    {
      key: `CREDENTIALS#SOURCE#${source}`,
      max: limits.wrongCredentialsPerSourceHour,
      windowMs: HOUR_MS,
    },
  ];
}

async function open(
  on: OpeningCollaborators,
  account: Account,
  entry: Entry,
  source: Source,
  now: number,
  writes: readonly Write[] = [],
): Promise<Opened | StepRefusal> {
  const flowToken = randomSecret();
  const { accountId, epoch, status, method, email } = account;
  const resumes = status === 'ENROLLING';
  const flow: MfaFlow = {
    v: TOKEN_FLOW_VERSION,
    kind: 'MFA_REGISTRATION',
    tokenHash: hashSecret(flowToken),
    flowId: randomId(),
    accountId,
    epoch,
    entry,
    step: firstStep(status),
    turn: 0,
    openedAt: now,
    expiresAt: now + TOKEN_FLOW_LIFE_MS,
    ...(resumes && method !== undefined ? { method } : {}),
    ...(resumes && email !== undefined ? { email } : {}),
  };
  const changes: Change = {
    set: { registrationFlow: flow.tokenHash, registrationFlowAt: now },
    ...(entry === 'LINK' ? { remove: ['registrationLink'] } : {}),
  };
  const result = await on.commit([
    ...on.flows.open(flow),
    on.accounts.change(account, changes, is('status', status)),
    on.audit.write(
      {
        accountId,
        event: 'REGISTRATION_OPENED',
        outcome: entry,
        flowId: flow.flowId,
        actor: 'SELF',
        ...source,
      },
      now,
    ),
    ...writes,
  ]);
  return result.done
    ? { flowToken, registration: registrationView(flow, undefined, now) }
    : { refused: 'CREDENTIALS_INVALID' };
}
