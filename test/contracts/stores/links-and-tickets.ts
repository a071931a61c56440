import { describe, expect, test } from '@jest/globals';
import { LinksStore } from '../../../lambdas/capabilities/token-flows/links.store.ts';
import { TicketsStore } from '../../../lambdas/capabilities/token-flows/tickets.store.ts';
import { randomId, randomSecret } from '../../../lambdas/ground/platform/random.ts';
import { MINUTE } from '../../fakes/builders.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const linksAndTicketsContract: Contract = (stage) => {
  describe('links', () => {
    const links = () => new LinksStore(stage(), 'flows');
    const issued = async () => {
      const token = randomSecret();
      const link = { accountId: randomId(), epoch: 1, expiresAt: 100 };
      await write(stage(), links().issue(token, link));
      return { token, link };
    };

    test('come back by their token', async () => {
      const { token, link } = await issued();
      expect(await links().get(token)).toEqual(link);
      expect(await links().get(randomSecret())).toBeUndefined();
    });
  });

  describe('tickets', () => {
    const tickets = new TicketsStore('flows');
    const holder = { accountId: 'account-1', epoch: 1, loginMethod: 'PHONE' } as const;
    const issued = async () => {
      const ticket = randomSecret();
      await write(stage(), tickets.issue(ticket, holder, 0));
      return ticket;
    };

    test('are used once, by fifty at once', async () => {
      const ticket = await issued();
      const commits = await atOnce(() => stage().commit([tickets.use(ticket, holder, 1)]));
      expect(won(commits)).toBe(1);
    });

    test('last less than five minutes', async () => {
      const use = async (now: number) =>
        (await stage().commit([tickets.use(await issued(), holder, now)])).done;
      expect(await use(5 * MINUTE - 1)).toBe(true);
      expect(await use(5 * MINUTE)).toBe(false);
    });

    test.each([{ accountId: 'another' }, { epoch: 2 }, { loginMethod: 'EMAIL' as const }])(
      'pass nobody else: %p',
      async (more) => {
        const ticket = await issued();
        const result = await stage().commit([tickets.use(ticket, { ...holder, ...more }, 1)]);
        expect(result.done).toBe(false);
      },
    );

    test('that were never issued pass nobody', async () => {
      const result = await stage().commit([tickets.use(randomSecret(), holder, 1)]);
      expect(result.done).toBe(false);
    });
  });
};
