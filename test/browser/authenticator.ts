/**
 * An authenticator of the browser's own, over the debugging protocol: the device of a person, with
 * passkeys, that verifies its user without asking.
 */
import type { Visitor } from './visitor.ts';

export interface DeviceAuthenticator {
  /** Whether the user is recognized the next times: the finger fits, the PIN is right. */
  recognizes: (isUser: boolean) => Promise<void>;
  /** The passkeys of the device, with their private keys, as no real device shows them. */
  passkeys: () => Promise<DevicePasskey[]>;
  /** Has these passkeys from now on and no others: synced ones, or copies of a thief. */
  hold: (passkeys: DevicePasskey[]) => Promise<void>;
}

export interface DevicePasskey {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  /** PKCS#8, base64. */
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** Gives the visitor's device an authenticator. A device has one. */
export async function authenticatorOf({ context, page }: Visitor): Promise<DeviceAuthenticator> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: AUTHENTICATOR,
  });
  return {
    recognizes: async (isUserVerified) =>
      void (await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    passkeys: async () =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    async hold(passkeys) {
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
      for (const credential of passkeys)
        await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
  };
}

/** The same passkeys at an earlier use: what a copy of the device has. */
export function usedBefore(passkeys: DevicePasskey[], signCount: number): DevicePasskey[] {
  return passkeys.map((passkey) => ({ ...passkey, signCount }));
}
