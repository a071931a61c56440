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

/** Why a link is mailed: a new account, its person's own request, or staff. */
export type LinkOccasion = 'SIGN_UP' | 'REQUEST' | 'STAFF' | 'RESET_BY_STAFF';

/** Notices that also go to a phone. */
export type PhoneNotice =
  'REGISTRATION_COMPLETE' | 'REENROLMENT_COMPLETE' | 'PHONE_CHANGED' | 'PHONE_REMOVED';

/** What a person is notified of. */
export type NoticeName =
  | PhoneNotice
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_UNCERTAIN'
  | 'PASSWORD_SET'
  | 'DEVICE_REMEMBERED'
  | 'EMAIL_CHANGED'
  | 'EMAIL_CHANGE_UNDONE'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'PASSKEY_CLONED'
  | 'RECOVERY_CODES_ISSUED'
  | 'RECOVERY_CODE_USED'
  | 'REGISTRATION_RESET'
  | 'CALL_NOT_REQUESTED'
  | 'ACCOUNT_DISABLED'
  | 'ACCOUNT_ENABLED'
  | 'ACCOUNT_LOCKED'
  | 'ROLE_CHANGED'
  | 'ADDRESS_CHANGED';
