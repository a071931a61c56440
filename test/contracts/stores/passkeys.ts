import { describe, expect, test } from '@jest/globals';
import { PasskeyChallengesStore } from '../../../lambdas/capabilities/passkeys/passkey-challenges.store.ts';
import type { Passkey } from '../../../lambdas/capabilities/passkeys/passkeys.rules.ts';
import { PasskeysStore } from '../../../lambdas/capabilities/passkeys/passkeys.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { MINUTE } from '../../fakes/builders.ts';
import { atOnce, type Contract, write } from '../contract.ts';

const aPasskey = (more: Partial<Passkey> = {}): Passkey => ({
  accountId: randomId(),
  passkeyId: randomId(),
  publicKey: 'AQ',
  counter: 0,
  isBackupEligible: true,
  isBackedUp: true,
  transports: ['internal'],
  name: 'Desk',
  createdAt: 1,
  passkeyEpoch: 0,
  ...more,
});

export const passkeysContract: Contract = (stage) => {
  const passkeys = () => new PasskeysStore(stage(), 'passkeys');
  const challenges = () => new PasskeyChallengesStore('flows');

  describe('passkeys', () => {
    test('are kept, the oldest first, and those from before a reset are not shown', async () => {
      const { accountId } = aPasskey();
      const [young, old] = [5, 3].map((createdAt) => aPasskey({ accountId, createdAt }));
      const ended = aPasskey({ accountId, passkeyEpoch: 1 });
      for (const one of [young, old, ended]) await write(stage(), passkeys().add(one as Passkey));
      expect(await passkeys().list({ accountId })).toEqual([old, young]);
      expect(await passkeys().list({ accountId, passkeyEpoch: 1 })).toEqual([ended]);
    });

    test('are added once', async () => {
      const passkey = aPasskey();
      const done = await atOnce(() => stage().commit([passkeys().add(passkey)]));
      expect(done.filter((one) => one.done)).toHaveLength(1);
    });

    test('are used once for each counter that the caller saw', async () => {
      const passkey = aPasskey({ counter: 4 });
      await write(stage(), passkeys().add(passkey));
      const used = { counter: 5, isBackedUp: false };
      const done = await atOnce(() => stage().commit([passkeys().use(passkey, used, 9)]));
      expect(done.filter((one) => one.done)).toHaveLength(1);
      expect(await passkeys().get(passkey.accountId, passkey.passkeyId)).toEqual({
        ...passkey,
        ...used,
        lastUsedAt: 9,
      });
    });

    test('are renamed and removed while they are there', async () => {
      const passkey = aPasskey();
      await write(stage(), passkeys().add(passkey));
      await write(stage(), passkeys().rename(passkey, 'Ward'));
      const { accountId, passkeyId } = passkey;
      expect(await passkeys().get(accountId, passkeyId)).toMatchObject({ name: 'Ward' });
      await write(stage(), passkeys().remove(passkey));
      expect(await stage().commit([passkeys().remove(passkey)])).toMatchObject({ done: false });
      expect(await stage().commit([passkeys().rename(passkey, 'x')])).toMatchObject({
        done: false,
      });
      expect(await passkeys().get(accountId, passkeyId)).toBeUndefined();
    });
  });

  describe('challenges of passkeys', () => {
    test('are used once, of fifty requests at once', async () => {
      const challenge = randomId();
      await write(stage(), challenges().issue(challenge, 'SIGN_IN', 0));
      const done = await atOnce(() => stage().commit([challenges().use(challenge, 'SIGN_IN', 1)]));
      expect(done.filter((one) => one.done)).toHaveLength(1);
    });

    test.each([
      ['for another purpose', 'REGISTER#someone', 1],
      ['after five minutes', 'SIGN_IN', 5 * MINUTE],
    ] as const)('are refused %s', async (_why, purpose, now) => {
      const challenge = randomId();
      await write(stage(), challenges().issue(challenge, 'SIGN_IN', 0));
      const result = await stage().commit([challenges().use(challenge, purpose, now)]);
      expect(result).toMatchObject({ done: false });
    });
  });
};
