/**
 * Passkeys and recovery codes. The shapes of WebAuthn are those of its Level 3, as JSON: browsers
 * may add members, which are ignored.
 */
import * as z from 'zod';
import { base64url, credential } from './challenges.ts';

const time = z.iso.datetime();

/** RegistrationResponseJSON. */
export const PasskeyCreation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(2000),
    attestationObject: base64url(8000),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

const PasskeyName = z.string().trim().min(1).max(60);
export const AddPasskey = z.strictObject({ name: PasskeyName, credential: PasskeyCreation });
export const RenamePasskey = z.strictObject({ name: PasskeyName });

export const PasskeyView = z.object({
  passkeyId: z.string(),
  name: z.string(),
  createdAt: time,
  lastUsedAt: time.optional(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;
export const PasskeyList = z.object({ passkeys: z.array(PasskeyView) });

/** PublicKeyCredentialCreationOptionsJSON: what `navigator.credentials.create` takes as JSON. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() });

export const PasskeyChallenge = z.object({ challenge: z.string(), expiresAt: time });

export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export const UnusedRecoveryCodes = z.object({ unused: z.int() });
