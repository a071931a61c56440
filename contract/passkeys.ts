/**
 * Passkeys and recovery codes. The shapes of WebAuthn are those of its Level 3, as JSON: browsers
 * may add members, which are ignored.
 */
import * as z from 'zod';

const time = z.iso.datetime();
const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
    .max(most);

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(32).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** AuthenticationResponseJSON. */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(2000),
    authenticatorData: base64url(2000),
    signature: base64url(1400),
    userHandle: base64url(128).optional(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

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

/** Letters and digits that nobody takes for another: without 0, 1, I and O. */
export const RECOVERY_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const CHARACTERS = new RegExp(`^[${RECOVERY_ALPHABET}]{12}$`);

/** `XXXX-XXXX-XXXX` in upper case, from what was typed in any case and with or without dashes. */
export function recoveryCodeOf(typed: string): string | undefined {
  const plain = typed.replace(/[-\s]/g, '').toUpperCase();
  return CHARACTERS.test(plain) ? (plain.match(/.{4}/g) ?? []).join('-') : undefined;
}

export const RecoveryCode = z
  .string()
  .max(32)
  .refine((typed) => recoveryCodeOf(typed) !== undefined, 'must have the form XXXX-XXXX-XXXX');

export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export const UnusedRecoveryCodes = z.object({ unused: z.int() });
