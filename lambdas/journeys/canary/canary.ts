/**
 * Signs the canary in as a person does, as far as a code that SES has accepted for its mailbox
 * simulator. What this passes through is what every sign-in by e-mail needs: Cognito, the triggers,
 * the tables, the key of codes, and SES.
 */
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  CANARY_ACCOUNT_ID,
  CANARY_NPI,
  CANARY_USERNAME,
} from '../../capabilities/accounts/canary.rules.ts';
import { adoptUser } from '../../capabilities/accounts/staff.transitions.ts';
import type { AccountsPort, NamesPort } from '../../capabilities/accounts/accounts.port.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { errorFields, type Log, type LogFields } from '../../ground/platform/log.ts';

/** How far a run came: ACCOUNT prepares it, PASSWORD proves it, CODE has a code sent. */
type CanaryStage = 'ACCOUNT' | 'PASSWORD' | 'CODE';

/** What Cognito asks for, and how to answer it. */
interface CanaryRound {
  parameters: Readonly<Record<string, string>>;
  answer: (text: string) => Promise<CanaryRound>;
}

export interface CanaryDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'create' | 'apply'>;
  names: Pick<NamesPort, 'claim' | 'claimUsername'>;
  pool: {
    ensureUser: (email: string, accountId: string) => Promise<{ username: string } | 'TAKEN'>;
    setPassword: (username: string, password: string) => Promise<'DONE' | 'REFUSED'>;
  };
  /** Proves a password by SRP, and stops at the first custom challenge. */
  signIn: (password: string, email: string) => Promise<CanaryRound>;
  /** An address of SES's mailbox simulator. */
  email: string;
  /** A new secret of 256 bits. It is kept by nobody but Cognito. */
  newPassword: () => string;
  log: Log;
  now: () => number;
}

/** One repeat, because a single request may always be throttled. */
const ATTEMPTS = 2;

/** A run that did not come to its end, and the stage that it ended in. */
class CanaryStopped extends Error {
  override readonly name = 'CanaryStopped';
  readonly stage: CanaryStage;
  readonly why: string;

  constructor(stage: CanaryStage, why: string, cause?: unknown) {
    super(`The canary stopped at ${stage}: ${why}`, { cause });
    this.stage = stage;
    this.why = why;
  }
}

/** Writes one line for the run; a run that fails has failed twice. */
export async function runCanary(deps: CanaryDeps): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      await signInOnce(deps);
      deps.log('INFO', 'CANARY_PASSED', { attempt });
      return;
    } catch (error) {
      const isLast = attempt === ATTEMPTS;
      const code = isLast ? 'CANARY_FAILED' : 'CANARY_REPEATS';
      deps.log(isLast ? 'ERROR' : 'WARN', code, fieldsOf(error));
    }
  }
}

function fieldsOf(error: unknown): LogFields {
  if (!(error instanceof CanaryStopped)) return errorFields(error);
  const { stage, why, cause } = error;
  return { stage, why, ...(cause !== undefined && errorFields(cause)) };
}

async function signInOnce(deps: CanaryDeps): Promise<void> {
  const password = deps.newPassword();
  await during('ACCOUNT', () => prepare(deps, password));
  const chosen = await during('PASSWORD', () => deps.signIn(password, deps.email));
  expectChallenge('PASSWORD', chosen, 'CHOOSE_FACTOR');
  const sent = await during('CODE', () => chosen.answer(JSON.stringify({ factor: 'EMAIL' })));
  expectChallenge('CODE', sent, 'ENTER_CODE');
}

async function during<T>(stage: CanaryStage, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof CanaryStopped) throw error;
    throw new CanaryStopped(stage, 'OUTAGE', error);
  }
}

/** A challenge that comes with a reason was refused, such as one whose code was not sent. */
function expectChallenge(stage: CanaryStage, round: CanaryRound, wanted: string): void {
  const { challenge = 'NONE', reason } = round.parameters;
  if (challenge !== wanted)
    throw new CanaryStopped(stage, `${challenge}: ${reason ?? 'no reason'}`);
  if (reason !== undefined) throw new CanaryStopped(stage, reason);
}

/**
 * Makes the account where there is none, and gives its user a password that ends with the next run.
 */
async function prepare(deps: CanaryDeps, password: string): Promise<void> {
  const { accounts, pool, email } = deps;
  const account = await accounts.get(CANARY_ACCOUNT_ID);
  if (account !== undefined && account.status !== 'ACTIVE')
    throw new CanaryStopped('ACCOUNT', `The account is ${account.status}`);
  const user = await pool.ensureUser(email, CANARY_ACCOUNT_ID);
  if (user === 'TAKEN') throw new CanaryStopped('ACCOUNT', 'The address is taken');
  if ((await pool.setPassword(user.username, password)) === 'REFUSED')
    throw new CanaryStopped('ACCOUNT', 'The password is refused');
  if (account?.cognitoUsername === user.username) return;
  const writes =
    account === undefined
      ? newAccount(deps, user.username)
      : [accounts.apply(account, adoptUser(user.username))];
  if (!(await isCommitted(deps, writes)))
    throw new CanaryStopped('ACCOUNT', 'The account has changed meanwhile');
}

/** A username is given once: where the account was erased, it is the canary's already. */
async function isCommitted({ commit }: CommitPort, writes: readonly Write[]): Promise<boolean> {
  const result = await commit(writes);
  if (result.done) return true;
  const holder = result.refused[USERNAME_WRITE];
  if (typeof holder !== 'object') return false;
  if (holder.accountId !== CANARY_ACCOUNT_ID)
    throw new CanaryStopped('ACCOUNT', `The username ${CANARY_USERNAME} belongs to somebody`);
  return (await commit(writes.filter((_, index) => index !== USERNAME_WRITE))).done;
}

/** The place of the username among the writes of a new account. */
const USERNAME_WRITE = 1;

function newAccount(deps: CanaryDeps, cognitoUsername: string) {
  const { accounts, names, email } = deps;
  const now = deps.now();
  const account: Account = {
    accountId: CANARY_ACCOUNT_ID,
    username: CANARY_USERNAME,
    firstName: 'Canary',
    lastName: 'Canary',
    npi: CANARY_NPI,
    role: 'STANDARD',
    status: 'ACTIVE',
    method: 'EMAIL',
    epoch: 1,
    createdAt: now,
    registeredAt: now,
    email,
    cognitoUsername,
  };
  return [
    accounts.create(account),
    names.claimUsername(CANARY_USERNAME, CANARY_ACCOUNT_ID),
    names.claim(email, CANARY_ACCOUNT_ID),
  ];
}
