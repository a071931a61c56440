/** Explains each refusal and what to do next. */
import type { RefusalCode } from '@portal-auth/client';

export const refusals = {
  REQUEST_INVALID: 'Something in the form cannot be used. Correct the marked fields and try again.',
  TOKEN_INVALID: 'Your session has ended. Please start again.',
  CREDENTIALS_INVALID:
    'The username or password is not right. Check both and try again, or see Login help.',
  FORBIDDEN: 'You are not allowed to do this. Ask the administrator of your provider.',
  PASSKEY_REQUIRED:
    'Administrators of this portal need a passkey. Create one under My account; then you can ' +
    'manage users.',
  REGISTRATION_CODE_INVALID:
    'The NPI or the registration code is not right, or the code was used before. Check both, ' +
    'or ask your portal representative for a new code.',
  LINK_INVALID: 'The link has expired or has been used. Ask for a new one below.',
  SELF_RESET: 'You cannot do this to your own account. Ask another administrator of your provider.',
  NOT_FOUND: 'We could not find this. It may have been removed; go back and try again.',
  STEP_OUT_OF_ORDER:
    'This step was already taken, perhaps in another tab. This is the current step of ' +
    'your registration.',
  USERNAME_TAKEN:
    'This username is taken. Choose another one, or reset your registration if you registered ' +
    'before.',
  EMAIL_TAKEN:
    'This email address belongs to another login. Use a different address, or sign in with it.',
  ALREADY_REGISTERED: 'Your registration is complete already. Sign in with your email address.',
  ACCOUNT_DISABLED: 'This account is disabled. Enable it first.',
  FLOW_EXPIRED:
    'This took too long, was replaced by a newer attempt, or your account has changed. Please ' +
    'start again.',
  TOO_LARGE: 'That is more than we can take. Shorten it and try again.',
  CODE_MISMATCH: 'The code is not right. Check it and enter it again.',
  CODE_EXPIRED: 'The code has expired. Send a new code.',
  TOO_MANY_ATTEMPTS:
    'The code was entered wrong too often. Send a new code; if that is refused too, wait an ' +
    'hour and try again.',
  CALL_NOT_CONFIRMED:
    'The call was not confirmed with the # key. Have us call again, or choose a code.',
  WORKFORCE_EMAIL:
    'Employees do not register here. Sign in with the LOGIN button under Employees, or use ' +
    'another address.',
  NPI_INVALID: 'This NPI is not valid. Compare it with your records.',
  EMAIL_NOT_ON_RECORD:
    'Use the email address on record for your account. If you no longer have it, ask the ' +
    'administrator of your provider to correct it.',
  EMAIL_BOUNCED:
    'Email to this address was returned as undeliverable. Check the spelling, or use another ' +
    'address. You can try this one again tomorrow.',
  PASSWORD_TOO_SHORT: 'The password is too short. Use at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long. Use at most 256 characters.',
  PASSWORD_COMMON:
    'This password is too easy to guess or was part of a known breach. Choose another one; a few ' +
    'unrelated words work well.',
  PASSWORD_CONTAINS_IDENTITY:
    'The password contains your name, username or email address. Choose one that does not.',
  PASSWORD_INVALID:
    'The password begins or ends with a space, or has characters that cannot be used. Choose ' +
    'another one.',
  PHONE_INVALID: 'This is not a valid direct line. Enter a 10-digit number.',
  PHONE_EXTENSION: 'Extensions are not supported. Enter a direct line with 10 digits.',
  PHONE_NOT_ALLOWED:
    'This kind of number cannot be used: no toll-free or premium numbers. Enter a direct line ' +
    'in the United States.',
  RATE_LIMITED: 'Too many requests came at once. Wait a minute and try again.',
  RESEND_TOO_SOON: 'A code was sent a moment ago. Wait 15 seconds before you send another.',
  UNSUPPORTED_MEDIA_TYPE:
    'The portal sent a request that the service cannot read. Please reload the page and try again.',
  FACTOR_TOO_OLD: 'Please confirm that it is you before you change this.',
  PASSKEY_LIMIT: 'An account has at most ten passkeys. Remove one before you add another.',
  PASSKEY_INVALID: 'The passkey could not be verified. Try again, or choose another way.',
  CURRENT_PASSWORD_INVALID: 'The current password is not correct.',
  CALL_IN_PROGRESS:
    'Another call to this number is under way. Wait until it has ended, or choose another way.',
  ACCOUNT_LOCKED:
    'There were too many wrong codes for this account, so no more are accepted for now.',
  SEND_LIMIT:
    'Too many codes or calls were requested, or the last call was rejected. Choose another way, ' +
    'or try again later.',
  INTERNAL: 'Something went wrong on our side. Try again in a minute.',
  DELIVERY_FAILED: 'The message could not be sent. Try again, or choose another way.',
  UNAVAILABLE: 'The service is not available right now. Try again in a minute.',
  TERMS_OUTDATED:
    'The terms changed while you were reading. Please read and accept the current ones.',
  TICKET_INVALID: 'You could not be signed in directly. Please sign in with your new password.',
  ANSWER_INVALID: 'That cannot be used here. Enter the 6 digits of the code.',
  UNREACHABLE: 'We could not reach the service. Check your connection and try again.',
  SIGN_IN_REFUSED:
    'The email address or password is not right. Check both, or reset your password.',
  SIGN_IN_PAUSED:
    'There were too many wrong passwords. Wait a few minutes, or reset your password.',
  SIGN_IN_ENDED:
    'This sign-in has ended: it took too long, or a step was refused too often. Please sign ' +
    'in again.',
  PASSKEY_REFUSED:
    'This passkey was not accepted. It may have been removed. Sign in with your email address ' +
    'and password.',
  PASSKEY_CANCELLED:
    'No passkey was used: the prompt of the browser was closed, or this device has none that ' +
    'fits. Try again, or choose another way.',
  PASSKEY_UNUSABLE:
    'This browser cannot use the passkey here. Open the portal at its usual address, or choose ' +
    'another way.',
  PASSKEY_EXISTS: 'This device already has a passkey for your account.',
  DEVICE_NOT_RECOGNISED: 'This browser is no longer remembered. Please sign in with your password.',
} as const satisfies Record<RefusalCode, string>;
