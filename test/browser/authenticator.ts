/**
 * An authenticator of the browser's own, over the debugging protocol: the device of a person, with
 * passkeys, that verifies its user without asking.
 */
import type { CDPSession } from 'playwright-core';
import type { Visitor } from './visitor.ts';

export interface DeviceAuthenticator {
  /** Whether the user is recognized the next times: the finger fits, the PIN is right. */
  recognizes: (isUser: boolean) => Promise<void>;
  /** How many passkeys the device has. */
  count: () => Promise<number>;
  /** Deletes all passkeys of the device, as a person may in its settings. */
  forget: () => Promise<void>;
  /** Sets the signature counter of its passkey back, as a copy of an earlier state has it. */
  setBack: (counter: number) => Promise<void>;
  /** A device with the same passkey for another visitor: what a synced passkey, or a thief, has. */
  copyTo: (visitor: Visitor) => Promise<DeviceAuthenticator>;
}

interface Credential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

export async function authenticatorOf(visitor: Visitor): Promise<DeviceAuthenticator> {
  const session = await visitor.context.newCDPSession(visitor.page);
  return deviceWith(session, await added(session));
}

async function added(session: CDPSession): Promise<string> {
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return authenticatorId;
}

function deviceWith(session: CDPSession, authenticatorId: string): DeviceAuthenticator {
  const credentials = async (): Promise<Credential[]> =>
    (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  const forget = async (): Promise<void> =>
    void (await session.send('WebAuthn.clearCredentials', { authenticatorId }));
  return {
    forget,
    recognizes: async (isUserVerified) =>
      void (await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    count: async () => (await credentials()).length,
    async setBack(signCount) {
      const kept = await credentials();
      await forget();
      for (const credential of kept)
        await session.send('WebAuthn.addCredential', {
          authenticatorId,
          credential: { ...credential, signCount },
        });
    },
    async copyTo(visitor) {
      const copies = await credentials();
      const other = await visitor.context.newCDPSession(visitor.page);
      const copy = await added(other);
      for (const credential of copies)
        await other.send('WebAuthn.addCredential', { authenticatorId: copy, credential });
      return deviceWith(other, copy);
    },
  };
}
