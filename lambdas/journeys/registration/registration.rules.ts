/** The steps of a provider registration and of an MFA registration; `docs/flows/registration.md` is their chart. */
import type { AccountStatus, LoginMethod } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone, type PortalRole } from '../../../contract/accounts.ts';
import type { Registration, RegistrationStep } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import type { StoredCallState } from '../../capabilities/calls/call.rules.ts';
import { type TokenFlow, viewOf } from '../../capabilities/token-flows/token-flow.rules.ts';

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
  step: RegistrationStep;
  method?: LoginMethod;
  email?: string;
  phone?: string;
}

/** The steps at which each move is allowed. */
export const ALLOWED: Record<
  'method' | 'email' | 'verifyEmail' | 'password' | 'phone' | 'verifyPhone',
  readonly RegistrationStep[]
> = {
  method: ['CHOOSE_METHOD', 'ENTER_EMAIL', 'VERIFY_EMAIL', 'SET_PASSWORD'],
  email: ['ENTER_EMAIL', 'VERIFY_EMAIL', 'SET_PASSWORD'],
  verifyEmail: ['VERIFY_EMAIL'],
  password: ['SET_PASSWORD'],
  phone: ['ENTER_PHONE', 'VERIFY_PHONE'],
  verifyPhone: ['VERIFY_PHONE'],
};

/** Where a registration begins: after the password it goes on with the phone, everywhere else from the start. */
export function firstStep(status: AccountStatus): RegistrationStep {
  return status === 'ENROLLING' ? 'ENTER_PHONE' : 'CHOOSE_METHOD';
}

/** Statuses in which a link or a password opens a registration. */
const OPENS_BY_LINK: readonly AccountStatus[] = ['INVITED', 'IMPORTED', 'ENROLLING', 'RESET'];
const OPENS_BY_PASSWORD: readonly AccountStatus[] = ['IMPORTED', 'ENROLLING', 'RESET'];

export function opensBy(entry: Entry, status: AccountStatus): boolean {
  return (entry === 'LINK' ? OPENS_BY_LINK : OPENS_BY_PASSWORD).includes(status);
}

/** Where a link goes for an account, if one goes at all. By e-mail and password only those who have a password. */
export function linkDestination(
  account: Account | undefined,
  asked: 'USERNAME' | 'CREDENTIALS',
): string | undefined {
  switch (account?.status) {
    case 'INVITED':
    case 'IMPORTED':
      return asked === 'USERNAME' ? account.contactEmail : undefined;
    case 'ENROLLING':
    case 'RESET':
      return account.email ?? account.contactEmail;
    default:
      return undefined;
  }
}

/** What a registration opened by the portal password alone may take as e-mail address after a reset: the one on record. */
export function emailOnRecordOnly(entry: Entry, account: Account): string | undefined {
  return entry === 'PASSWORD' && account.status === 'RESET'
    ? (account.email ?? account.contactEmail ?? '')
    : undefined;
}

export function isWorkforce(email: string, domains: readonly string[]): boolean {
  const host = email.slice(email.lastIndexOf('@') + 1);
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

export function registrationView(
  flow: MfaFlow,
  call: { state: StoredCallState; expiresAt: number } | undefined,
  now: number,
): Registration {
  const { step, method, email, phone } = flow;
  return {
    step,
    ...(method === undefined ? {} : { method }),
    ...(email === undefined ? {} : { maskedEmail: maskEmail(email) }),
    ...(phone === undefined ? {} : { maskedPhone: maskPhone(phone) }),
    ...viewOf(flow.open, call, now),
  };
}
