/** What a code or a call is for: it is bound to it, and the message says it. */
export type Purpose =
  | 'SIGN_IN'
  | 'EMAIL_VERIFICATION'
  | 'PHONE_VERIFICATION'
  | 'PASSWORD_RESET_EMAIL'
  | 'PASSWORD_RESET_PHONE';

/** What a code or a call is good for, and for nothing else. */
export interface Binding {
  purpose: Purpose;
  flowId: string;
  accountId: string;
  /** An e-mail address, or a phone number in E.164. */
  destination: string;
}
