/**
 * The names and bounds of the sign-in, without a schema, so that define imports no library for
 * them.
 */
export const CHALLENGES = [
  'CHOOSE_FACTOR',
  'USE_PASSKEY',
  'ENTER_CODE',
  'CONFIRM_CALL',
  'ACCEPT_TERMS',
  'PROVE_DEVICE',
  'REGISTRATION_INCOMPLETE',
] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** The login methods; accounts.ts has their schema. */
export const LOGIN_METHODS = ['PHONE', 'EMAIL'] as const;

/** Custom challenges that one sign-in may have. The next one ends it. */
export const MAX_ROUNDS = 25;
/** Minutes for which a challenge can be answered (Cognito's AuthSessionValidity). */
export const CHALLENGE_VALIDITY_MINUTES = 15;
