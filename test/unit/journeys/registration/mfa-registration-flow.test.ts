import { describe, expect, test } from '@jest/globals';
import {
  enterEmail,
  openFlow,
} from '../../../../lambdas/journeys/registration/mfa-registration.ts';
import { openByLink } from '../../../../lambdas/journeys/registration/open-registration.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anEnrolling, anInvited, aReset, HOUR, SOURCE } from '../../../fakes/builders.ts';
import { linkTo, mfaDeps, openingDeps, Registrant } from './registrant.ts';

async function registering(account = anInvited()) {
  const backend = new Backend();
  await backend.has(account);
  return { backend, person: await Registrant.byLink(backend) };
}

describe('a flow of a registration', () => {
  test('is unknown without its token', async () => {
    const { backend } = await registering();
    const invalid = { refused: 'TOKEN_INVALID' };
    expect(await openFlow(mfaDeps(backend), { token: undefined, source: SOURCE })).toEqual(invalid);
    expect(await openFlow(mfaDeps(backend), { token: 'another', source: SOURCE })).toEqual(invalid);
  });

  test('expires after an hour, and is forgotten a day later', async () => {
    const { backend, person } = await registering();
    backend.clock.pass(HOUR);
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
    backend.clock.pass(24 * HOUR);
    expect(await person.show()).toEqual({ refused: 'TOKEN_INVALID' });
  });

  test('ends where another one of the account is opened', async () => {
    const { backend, person } = await registering();
    await Registrant.byLink(backend);
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
    expect(await person.choose('EMAIL')).toEqual({ refused: 'FLOW_EXPIRED' });
  });

  test('ends with the epoch of its account', async () => {
    const { backend, person } = await registering();
    await backend.alter('account-1', { epoch: 2 });
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
  });
});

describe('a registration after a reset', () => {
  test('ends the former sessions and notes whom to notify', async () => {
    const { backend, person } = await registering(aReset());
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
    expect(await backend.account()).toMatchObject({
      status: 'ACTIVE',
      formerPhone: '+12025550143',
    });
    expect(backend.trail().at(-1)).toMatchObject({
      event: 'REGISTRATION_COMPLETED',
      outcome: 'AGAIN',
    });
  });

  test('is complete where Cognito does not sign out: that stays due', async () => {
    const { backend, person } = await registering(aReset());
    await person.toPassword('EMAIL');
    backend.pool.failNext('signOutEverywhere');
    expect(await person.setPassword()).toHaveProperty('ticket');
    expect(await backend.account()).toHaveProperty('signOutDue');
  });

  test('ends every lock of wrong answers', async () => {
    const { backend, person } = await registering(
      aReset({ failuresInARow: 100, wrongAnswers: { endsAt: 9e15, count: 20 } }),
    );
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(await backend.account()).toMatchObject({ failuresInARow: 0 });
    expect(await backend.account()).not.toHaveProperty('wrongAnswers');
  });
});

describe('a registration, when something fails', () => {
  test('shows the former step if a message is not accepted, and sends at the repeat', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    backend.email.failNext('send');
    expect(await person.enterEmail()).toEqual({ refused: 'DELIVERY_FAILED' });
    expect(await person.show()).toEqual({ registration: { step: 'ENTER_EMAIL', method: 'EMAIL' } });
    expect(await person.enterEmail()).toMatchObject({ registration: { step: 'VERIFY_EMAIL' } });
  });

  test('keeps its open code where the next message is not taken', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    const code = backend.email.lastCode();
    backend.clock.pass(15_000);
    backend.email.failNext('send');
    await person.enterEmail('new@cedargrove.example');
    expect(await person.verifyEmail(code)).toMatchObject({
      registration: { step: 'SET_PASSWORD' },
    });
  });

  test('a send is repeatable once it went out, and not where its write alone took effect', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    const deps = mfaDeps(backend);
    const sent = async () => {
      const opened = await openFlow(deps, {
        token: person.flowToken,
        source: SOURCE,
        requestId: 'request',
      });
      if ('refused' in opened) throw new Error(opened.refused);
      await enterEmail(deps, opened, 'pat@cedargrove.example').catch(() => undefined);
      return (await deps.flows.get(opened.flow.tokenHash))?.lastRequest;
    };
    backend.database.failNext('commit', { afterEffect: true });
    expect(await sent()).toBeUndefined();
    backend.clock.pass(15_001);
    expect(await sent()).toBe('request');
    expect(backend.email.sent).toHaveLength(1);
  });

  test.each(['ensureUser', 'setPassword'] as const)(
    'takes the same password again where Cognito fails at %s, before or after its effect',
    async (operation) => {
      for (const afterEffect of [false, true]) {
        const { backend, person } = await registering();
        await person.toPassword('EMAIL');
        backend.pool.failNext(operation, { afterEffect });
        await expect(person.setPassword()).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
        expect(await backend.account()).toMatchObject({ status: 'INVITED' });
        expect(await person.setPassword()).toHaveProperty('ticket');
        expect(await backend.account()).toMatchObject({ status: 'ACTIVE' });
      }
    },
  );

  test('is never half done, whichever call of the database fails while the password is set', async () => {
    for (let calls = 0; calls < 5; calls += 1) {
      const { backend, person } = await registering();
      await person.toPassword('PHONE');
      backend.database.failAfter(calls);
      await expect(person.setPassword()).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await backend.account()).toMatchObject({ status: 'INVITED', epoch: 1 });
      expect(backend.database.mend()).toBe(0);
      backend.clock.pass(15_001);
      expect(await person.setPassword()).toMatchObject({ registration: { step: 'ENTER_PHONE' } });
    }
  });

  test('is DONE once where the answer of the last commit is lost', async () => {
    const { backend, person } = await registering();
    await person.toPhone();
    await person.enterPhone();
    // Before it, the attempt is counted and taken back.
    backend.database.failNext('commit', { after: 2, afterEffect: true });
    await expect(person.verifyText()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await person.show()).toMatchObject({ registration: { step: 'DONE' } });
    expect(await backend.account()).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('a link', () => {
  async function linked(account = anInvited()) {
    const backend = new Backend();
    const token = await linkTo(backend, await backend.has(account));
    const open = () => openByLink(openingDeps(backend), token, { source: SOURCE });
    const opened = async () => Registrant.opened(backend, await open());
    return { backend, open, opened };
  }
  const LINK_INVALID = { refused: 'LINK_INVALID' };

  test('opens again until the method is chosen; the newest registration goes on', async () => {
    const { open, opened } = await linked();
    const first = await opened();
    const second = await opened();
    expect(await first.choose('PHONE')).toEqual({ refused: 'FLOW_EXPIRED' });
    expect(await second.choose('PHONE')).toMatchObject({ registration: { step: 'ENTER_EMAIL' } });
    expect(await open()).toEqual(LINK_INVALID);
    expect(await second.choose('EMAIL')).toMatchObject({ registration: { method: 'EMAIL' } });
  });

  test('is spent once by those that it opened at once, and nobody goes on after that', async () => {
    const { backend, open } = await linked();
    const outcomes = await Promise.all(Array.from({ length: 20 }, open));
    const people = outcomes.map((outcome) => Registrant.opened(backend, outcome));
    const chosen = await Promise.all(people.map((person) => person.choose('EMAIL')));
    expect(chosen.filter((outcome) => 'registration' in outcome)).toHaveLength(1);
    expect(await open()).toEqual(LINK_INVALID);
  });

  test('that is opened while the method is chosen ends one of both', async () => {
    const { backend, open, opened } = await linked();
    const person = await opened();
    const [chosen, again] = await Promise.all([person.choose('EMAIL'), open()]);
    const live = [
      'registration' in chosen && 'registration' in (await person.show()),
      'flowToken' in again && 'registration' in (await Registrant.opened(backend, again).show()),
    ];
    expect(live.filter(Boolean)).toHaveLength(1);
  });

  test('of an incomplete registration is spent by the registration that it opens', async () => {
    const { open } = await linked(anEnrolling());
    const outcomes = await Promise.all([open(), open()]);
    expect(outcomes.filter((outcome) => 'flowToken' in outcome)).toHaveLength(1);
    expect(await open()).toEqual(LINK_INVALID);
  });

  test('that was mailed since is not spent by an older registration', async () => {
    const { backend, opened } = await linked();
    const person = await opened();
    const newer = await linkTo(backend, await backend.account());
    expect(await person.choose('EMAIL')).toHaveProperty('registration');
    expect(await openByLink(openingDeps(backend), newer, { source: SOURCE })).toHaveProperty(
      'flowToken',
    );
  });

  test('opens again where the choice of the method cannot be written', async () => {
    const { backend, open, opened } = await linked();
    const person = await opened();
    backend.database.failNext('commit');
    await expect(person.choose('EMAIL')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await open()).toHaveProperty('flowToken');
  });
});
