import { describe, expect, test } from '@jest/globals';
import {
  openByLink,
  openByPassword,
  showLink,
} from '../../../../lambdas/journeys/registration/open-registration.ts';
import {
  requestLink,
  type LinkAsked,
} from '../../../../lambdas/journeys/registration/request-link.ts';
import { CANARY_ACCOUNT_ID } from '../../../../lambdas/capabilities/accounts/canary.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aReset,
  anAccount,
  anEnrolling,
  anImported,
  anInvited,
  ELSEWHERE,
  HOUR,
  SOURCE,
} from '../../../fakes/builders.ts';
import { linkTo, openingDeps } from './registrant.ts';

const INVALID = { refused: 'CREDENTIALS_INVALID' };

async function opening(
  account = anImported(),
  some: ConstructorParameters<typeof Backend>[0] = {},
) {
  const backend = new Backend(some);
  await backend.has(account);
  const deps = openingDeps(backend);
  const open = (password = 'portal', username = 'pphone', source = SOURCE) =>
    openByPassword(deps, username, password, { source });
  return { backend, deps, open };
}

describe('a registration by portal username and password', () => {
  test('opens for a current portal user by the former password', async () => {
    const { backend, open } = await opening();
    expect(await open()).toMatchObject({ registration: { step: 'CHOOSE_METHOD' } });
    expect(backend.trail()).toMatchObject([
      { event: 'REGISTRATION_OPENED', outcome: 'PASSWORD', sourceAddress: '192.0.2.1' },
    ]);
  });

  test('opens for the set number of days after the import, if the stage ends old passwords', async () => {
    const account = anImported({ createdAt: new Backend().now() });
    const { backend, open } = await opening(account, { importedPasswordsEndAfter: 30 });
    backend.clock.pass(30 * 24 * HOUR - 1);
    expect(await open()).toHaveProperty('flowToken');
    backend.clock.pass(1);
    expect(await open()).toEqual(INVALID);
  });

  test('never asks Cognito for the canary, whose sign-ins a stranger could have paused', async () => {
    const account = anAccount({ accountId: CANARY_ACCOUNT_ID, username: 'canary' });
    const { deps } = await opening(account);
    const asked: (string | undefined)[] = [];
    const isCognitoPassword = (_password: string, email: string | undefined) => {
      asked.push(email);
      return Promise.resolve(false);
    };
    const opened = await openByPassword({ ...deps, isCognitoPassword }, 'canary', 'wrong', {
      source: SOURCE,
    });
    expect(opened).toEqual(INVALID);
    expect(asked).toEqual([undefined]);
  });

  test.each([
    ['half made', anEnrolling()],
    ['reset', aReset()],
  ])('opens for an account that is %s, by its password in Cognito', async (_what, account) => {
    const { open } = await opening(account);
    expect(await open('the password before')).toHaveProperty('flowToken');
    expect(await open('portal')).toEqual(INVALID);
  });

  test.each([
    ['a wrong password', 'wrong', 'pphone'],
    ['a username of nobody', 'portal', 'nobody'],
  ])('is refused alike for %s', async (_what, password, username) => {
    const { open } = await opening();
    expect(await open(password, username)).toEqual(INVALID);
  });

  test('asks Cognito for every username, known or not: it costs the same', async () => {
    const { backend, open } = await opening();
    await open('portal');
    await open('portal', 'nobody');
    await open('wrong');
    expect(backend.pool.calls).toEqual(['proves', 'proves', 'proves']);
  });

  test('says that a registration is complete to the right password only', async () => {
    const { open } = await opening(anAccount());
    expect(await open('the password before')).toEqual({ refused: 'ALREADY_REGISTERED' });
    expect(await open('wrong')).toEqual(INVALID);
  });

  test('is refused for an account that was disabled or never had a password', async () => {
    for (const account of [anAccount({ status: 'DISABLED' }), anInvited()]) {
      const { open } = await opening(account);
      expect(await open('the password before')).toEqual(INVALID);
    }
  });

  test('records wrong passwords of accounts, and none of nobody', async () => {
    const { backend, open } = await opening();
    await open('wrong');
    await open('wrong', 'nobody');
    expect(backend.database.all('auditEvents')).toMatchObject([
      { event: 'PORTAL_PASSWORD_REFUSED', accountId: 'account-1' },
    ]);
  });

  test('takes ten wrong passwords an hour of a source, and then none of it; others go on', async () => {
    const { backend, open } = await opening();
    for (let time = 1; time <= 10; time += 1) await open('wrong');
    expect(await open()).toEqual({ refused: 'RATE_LIMITED', retryAfterSeconds: 3600 });
    expect(await open('portal', 'pphone', ELSEWHERE)).toHaveProperty('flowToken');
    backend.clock.pass(HOUR);
    expect(await open()).toHaveProperty('flowToken');
  });

  test('counts a username that does not exist as it counts one that does', async () => {
    const { open } = await opening();
    for (let time = 1; time <= 10; time += 1) await open('wrong', 'nobody');
    expect(await open('wrong', 'nobody')).toMatchObject({ refused: 'RATE_LIMITED' });
  });

  test('is locked after a hundred wrong ones in a row: recorded once, the right one is refused too', async () => {
    const { backend, open } = await opening(anImported({ portalPasswordFailures: 99 }));
    expect(await open('wrong')).toEqual(INVALID);
    expect(await open()).toEqual(INVALID);
    const locked = backend.trail().filter(({ event }) => event === 'ACCOUNT_LOCKED');
    expect(locked).toMatchObject([{ outcome: 'PORTAL_PASSWORD' }]);
  });

  test('is locked once by many wrong ones at once, and again after a link', async () => {
    const { backend, deps, open } = await opening(anImported({ portalPasswordFailures: 95 }));
    const locks = () => backend.trail().filter(({ event }) => event === 'ACCOUNT_LOCKED').length;
    await Promise.all(Array.from({ length: 8 }, () => open('wrong')));
    expect(locks()).toBe(1);
    const token = await linkTo(backend, await backend.account());
    await openByLink(deps, token, { source: SOURCE });
    await backend.alter('account-1', { portalPasswordFailures: 99 });
    await open('wrong', 'pphone', ELSEWHERE);
    expect(locks()).toBe(2);
  });

  test('is unlocked by a mailed link', async () => {
    const { backend, deps, open } = await opening(anImported({ portalPasswordFailures: 100 }));
    const token = await linkTo(backend, await backend.account());
    expect(await openByLink(deps, token, { source: SOURCE })).toHaveProperty('flowToken');
    expect(await backend.account()).toMatchObject({ portalPasswordFailures: 0 });
    expect(await open()).toHaveProperty('flowToken');
  });

  test('resets the count of consecutive wrong ones after the right password', async () => {
    const { backend, open } = await opening();
    await open('wrong');
    expect(await backend.account()).toMatchObject({ portalPasswordFailures: 1 });
    await open();
    expect(await backend.account()).toMatchObject({ portalPasswordFailures: 0 });
  });

  test('is refused where the account changes between the check and the opening', async () => {
    const { backend, open } = await opening();
    backend.pool.before = undefined;
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = async () => {
        backend.database.beforeCommit = async () => {
          backend.database.beforeCommit = () => backend.alter('account-1', { epoch: 2 });
        };
      };
    };
    // Commits: the count, two counts taken back, the opening.
    expect(await open()).toEqual(INVALID);
    expect(backend.database.all('flows')).toEqual([]);
  });

  test('is an outage where Cognito does not answer; the repeat opens', async () => {
    const { backend, open } = await opening();
    backend.pool.failNext('proves');
    await expect(open()).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
    expect(await open()).toHaveProperty('flowToken');
  });

  test('is refused while it cannot be counted', async () => {
    const { backend, open } = await opening();
    backend.database.failNext('commit');
    await expect(open()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(backend.pool.calls).toEqual([]);
  });
});

describe('a registration by a mailed link', () => {
  const LINK_INVALID = { refused: 'LINK_INVALID' };

  async function linked(account = anInvited()) {
    const { backend, deps } = await opening(account);
    const token = await linkTo(backend, account);
    return { backend, open: (given = token) => openByLink(deps, given, { source: SOURCE }) };
  }

  test.each([
    ['INVITED', anInvited(), 'CHOOSE_METHOD'],
    ['IMPORTED', anImported(), 'CHOOSE_METHOD'],
    ['RESET', aReset(), 'CHOOSE_METHOD'],
    ['ENROLLING', anEnrolling(), 'ENTER_PHONE'],
  ])('opens for an account that is %s', async (_status, account, step) => {
    const { backend, open } = await linked(account);
    expect(await open()).toMatchObject({ registration: { step } });
    expect(backend.eventNames()).toEqual(['REGISTRATION_OPENED', 'LINK_USED']);
  });

  test('does not open for an account that is ACTIVE or DISABLED', async () => {
    for (const status of ['ACTIVE', 'DISABLED'] as const) {
      const { open } = await linked(anAccount({ status }));
      expect(await open()).toEqual(LINK_INVALID);
    }
  });

  test('does not open by a token of nothing, or at the end of the link', async () => {
    const { backend, open } = await linked();
    expect(await open('x'.repeat(43))).toEqual(LINK_INVALID);
    backend.clock.pass(HOUR);
    expect(await open()).toEqual(LINK_INVALID);
  });

  test('does not open by a link that a newer one replaced, or by one from before a reset', async () => {
    const { backend, open } = await linked();
    await linkTo(backend, await backend.account());
    expect(await open()).toEqual(LINK_INVALID);
    const reset = await linked();
    await reset.backend.alter('account-1', { epoch: 2 });
    expect(await reset.open()).toEqual(LINK_INVALID);
  });

  test('shows whose it is, and opens and records nothing by that', async () => {
    const { backend, deps } = await opening(anInvited());
    const token = await linkTo(backend, await backend.account());
    expect(await showLink(deps, token)).toEqual({
      username: 'pphone',
      maskedEmail: expect.stringMatching(/^.\*\*\*@cedargrove\.example$/),
    });
    expect(backend.eventNames()).toEqual([]);
    expect(await openByLink(deps, token, { source: SOURCE })).toHaveProperty('flowToken');
  });

  test('shows nobody once it is replaced or over', async () => {
    const { backend, deps } = await opening(anInvited());
    const token = await linkTo(backend, await backend.account());
    expect(await showLink(deps, 'x'.repeat(43))).toEqual(LINK_INVALID);
    await linkTo(backend, await backend.account());
    expect(await showLink(deps, token)).toEqual(LINK_INVALID);
  });

  test('is an outage where it cannot be written, and the link stays good', async () => {
    const { backend, open } = await linked();
    backend.database.failNext('commit');
    await expect(open()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await open()).toHaveProperty('flowToken');
  });
});

describe('asking for a link', () => {
  async function asking(some: ConstructorParameters<typeof Backend>[0] = {}) {
    const backend = new Backend(some);
    await backend.has(anEnrolling());
    const { limits, settings, now, outbox, pool } = backend;
    const isCognitoPassword = (password: string, email: string) => pool.proves(password, email);
    const deps = { limits, settings, now, outbox, isCognitoPassword };
    const ask = (asked: LinkAsked, source = SOURCE) => requestLink(deps, asked, { source });
    return { backend, ask };
  }
  const EMAIL = 'pat@cedargrove.example';

  test('by a username queues it, whether or not anybody has it', async () => {
    const { backend, ask } = await asking();
    for (const username of ['pphone', 'nobody']) {
      expect(await ask({ username })).toBeUndefined();
      expect(backend.outbox.last()).toEqual({
        kind: 'LINK_REQUEST',
        username,
        proven: false,
        requestedAt: backend.now(),
        ...SOURCE,
      });
    }
    expect(backend.pool.calls).toEqual([]);
  });

  test.each([
    ['the right password', EMAIL, 'the password before', true],
    ['a wrong password', EMAIL, 'wrong', false],
    ['an address of nobody', 'nobody@cedargrove.example', 'wrong', false],
  ])('by address and %s queues it, and only the worker learns which', async (...row) => {
    const [, email, password, proven] = row;
    const { backend, ask } = await asking();
    expect(await ask({ email, password })).toBeUndefined();
    expect(backend.outbox.last()).toMatchObject({ email, proven });
    expect(JSON.stringify(backend.outbox.messages)).not.toContain(password);
  });

  test('takes ten wrong passwords of a source for an address, before Cognito hears of more', async () => {
    const { backend, ask } = await asking();
    for (let time = 1; time <= 10; time += 1) await ask({ email: EMAIL, password: 'wrong' });
    expect(await ask({ email: EMAIL, password: 'the password before' })).toMatchObject({
      refused: 'RATE_LIMITED',
    });
    expect(backend.pool.calls).toHaveLength(10);
    expect(await ask({ email: EMAIL, password: 'wrong' }, ELSEWHERE)).toBeUndefined();
  });

  test('counts no right password', async () => {
    const { ask } = await asking();
    const asked = { email: EMAIL, password: 'the password before' };
    for (let time = 1; time <= 15; time += 1) expect(await ask(asked)).toBeUndefined();
  });

  test('is bounded by source', async () => {
    const { ask } = await asking({ limits: { requestsPerSourceQuarterHour: 1 } });
    await ask({ username: 'one' });
    expect(await ask({ username: 'two' })).toEqual({
      refused: 'RATE_LIMITED',
      retryAfterSeconds: 900,
    });
    expect(await ask({ username: 'two' }, ELSEWHERE)).toBeUndefined();
  });

  test('is an outage where the queue takes nothing', async () => {
    const { backend, ask } = await asking();
    backend.outbox.failNext('put');
    await expect(ask({ username: 'one' })).rejects.toMatchObject({ name: 'QueueUnavailable' });
  });
});
