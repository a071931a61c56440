/**
 * A change of the address or the number that is under way: a flow of its account, without a token.
 */
import type { TokenFlow } from '../../capabilities/token-flows/token-flow.rules.ts';

export interface EmailChange extends TokenFlow {
  kind: 'EMAIL_CHANGE';
  accountId: string;
  epoch: number;
  email: string;
}

export interface PhoneChange extends TokenFlow {
  kind: 'PHONE_CHANGE';
  accountId: string;
  epoch: number;
  phone: string;
}

export type MyChange = EmailChange | PhoneChange;
