/**
 * The steps of a provider registration and of an MFA registration; `docs/flows/registration.md` is
 * their chart.
 */
import type { AccountStatus, LoginMethod, PortalRole } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { Registration, RegistrationStep } from '../../../contract/flows.ts';
import { type Account, addressOnRecord } from '../../capabilities/accounts/account.rules.ts';
import {
  type CallSeen,
  type TokenFlow,
  viewOf,
} from '../../capabilities/token-flows/token-flow.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

export interface ProviderFlow extends TokenFlow {
  kind: 'PROVIDER_REGISTRATION';
  npi: string;
  /** The MAC of the code that opened it. */
  codeMac: string;
  role: PortalRole;
}

/** How a registration was opened: the mailed link proves the mailbox, the password does not. */
export type Entry = 'PASSWORD' | 'LINK';

export interface MfaFlow extends TokenFlow {
  kind: 'MFA_REGISTRATION';
  accountId: string;
  epoch: number;
  entry: Entry;
  /** Hash of the mailed link that opened the flow, which choosing the method spends. */
  linkHash?: string;
  step: RegistrationStep;
  /**
   * The password is set already: only the address that was verified for it may prove the mailbox
   * again.
   */
  resumes?: boolean;
  method?: LoginMethod;
  email?: string;
  phone?: string;
}

type Move = 'method' | 'email' | 'verifyEmail' | 'password' | 'phone' | 'verifyPhone';

/** The steps at which each move is allowed. */
const ALLOWED: Record<Move, readonly RegistrationStep[]> = {
  method: ['CHOOSE_METHOD', 'ENTER_EMAIL', 'VERIFY_EMAIL', 'SET_PASSWORD'],
  email: ['ENTER_EMAIL', 'VERIFY_EMAIL', 'SET_PASSWORD'],
  verifyEmail: ['VERIFY_EMAIL'],
  password: ['SET_PASSWORD'],
  phone: ['ENTER_PHONE', 'VERIFY_PHONE'],
  verifyPhone: ['VERIFY_PHONE'],
};

/**
 * True if the flow is at a step that takes the move. The method is final once the password is set.
 */
export function takes(
  { step, resumes = false }: Pick<MfaFlow, 'step' | 'resumes'>,
  move: Move,
): boolean {
  return ALLOWED[move].includes(step) && !(move === 'method' && resumes);
}

/**
 * Where a registration begins: an incomplete one goes on after its password, but a password alone
 * proves the mailbox anew.
 */
export function firstStep(resumes: boolean, entry: Entry): RegistrationStep {
  if (!resumes) return 'CHOOSE_METHOD';
  return entry === 'LINK' ? 'ENTER_PHONE' : 'VERIFY_EMAIL';
}

/** Where it goes on once the e-mail address is verified. */
export function stepAfterEmail({ resumes = false }: Pick<MfaFlow, 'resumes'>): RegistrationStep {
  return resumes ? 'ENTER_PHONE' : 'SET_PASSWORD';
}

/** Statuses in which a link or a password opens a registration. */
const OPENS_BY_LINK: readonly AccountStatus[] = ['INVITED', 'IMPORTED', 'ENROLLING', 'RESET'];
const OPENS_BY_PASSWORD: readonly AccountStatus[] = ['IMPORTED', 'ENROLLING', 'RESET'];

export function opensBy(entry: Entry, status: AccountStatus): boolean {
  return (entry === 'LINK' ? OPENS_BY_LINK : OPENS_BY_PASSWORD).includes(status);
}

/**
 * The one e-mail address that a registration may take, if there is only one. A password alone does
 * not change the mailbox: the registration takes the address on record, or the one that an
 * incomplete registration verified.
 */
export function onlyEmail(
  { entry, resumes = false }: Pick<MfaFlow, 'entry' | 'resumes'>,
  account: Account,
): string | undefined {
  if (resumes) return account.email;
  const isHeld = account.status === 'RESET' || account.status === 'IMPORTED';
  return entry === 'PASSWORD' && isHeld ? addressOnRecord(account) : undefined;
}

export function registrationView(
  flow: MfaFlow,
  call: CallSeen | undefined,
  now: number,
): Registration {
  const { step, method, email, phone, open } = flow;
  return definite({
    step,
    method,
    maskedEmail: email === undefined ? undefined : maskEmail(email),
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    ...viewOf(open, call, now),
  });
}
