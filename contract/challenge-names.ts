/** The names and bounds of the sign-in, without a schema: define, which loads nothing, stands on these. */
export const CHALLENGES = [
  'CHOOSE_FACTOR',
  'ENTER_CODE',
  'CONFIRM_CALL',
  'ACCEPT_TERMS',
  'PROVE_DEVICE',
  'REGISTRATION_INCOMPLETE',
] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** Rounds of custom challenges that one sign-in may have; the next one ends it. */
export const MAX_ROUNDS = 25;
/** A challenge may be answered for this long (Cognito's AuthSessionValidity), in minutes. */
export const CHALLENGE_VALIDITY_MINUTES = 15;
