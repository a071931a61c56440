import { describe, expect, test } from '@jest/globals';
import type { AccountDetails } from '../../../../contract/flows.ts';
import { registrationCodeMessage } from '../../../../lambdas/capabilities/providers/registration-code.rules.ts';
import {
  correctEmail,
  createAccount,
  openProviderFlow,
  type OpenedProviderFlow,
  startProviderRegistration,
} from '../../../../lambdas/journeys/registration/provider-registration.ts';
import { sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, ELSEWHERE, HOUR, PROVIDER, SOURCE } from '../../../fakes/builders.ts';
import { providerDeps } from './registrant.ts';

const { npi } = PROVIDER;
const CODE = 'CEDAR-7K4M-92QX';
const DETAILS: AccountDetails = {
  username: 'newuser',
  firstName: 'Noor',
  lastName: 'Haddad',
  email: 'noor@cedargrove.example',
  phone: '(202) 555-0143',
};

async function withCode(some: ConstructorParameters<typeof Backend>[0] = {}) {
  const backend = new Backend(some);
  const codeMac = await backend.mac.mac(registrationCodeMessage(npi, CODE));
  await backend.write(
    backend.codes.saveProvider(PROVIDER),
    backend.codes.issue({ npi, code: codeMac, role: 'ADMIN', issuedAt: 0 }),
  );
  const deps = providerDeps(backend);
  const start = (code = CODE, of = npi, source = SOURCE) =>
    startProviderRegistration(deps, of, code, source);
  return { backend, deps, start, codeMac };
}

async function started(some: ConstructorParameters<typeof Backend>[0] = {}) {
  const { backend, deps, start, codeMac } = await withCode(some);
  const answer = await start();
  if ('refused' in answer) throw new Error(answer.refused);
  const { flowToken } = answer;
  const step = async <T>(take: (opened: OpenedProviderFlow) => Promise<T>) => {
    const opened = await openProviderFlow(deps, { token: flowToken, source: SOURCE });
    return 'refused' in opened ? opened : take(opened);
  };
  const create = (more: Partial<AccountDetails> = {}) =>
    step((opened) => createAccount(deps, opened, { ...DETAILS, ...more }));
  const correct = (email: string) => step((opened) => correctEmail(deps, opened, email));
  const account = () => backend.accounts.byUsername('newuser');
  return { backend, deps, start, codeMac, create, correct, account, flowToken };
}

describe('a provider registration', () => {
  test('opens with the NPI and one of its codes, in any spelling', async () => {
    const { start } = await withCode();
    for (const code of [CODE, 'cedar 7k4m 92qx', 'CEDAR7K4M92QX'])
      expect(await start(code)).toEqual({
        flowToken: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: '2026-10-05T13:00:00.000Z',
        provider: PROVIDER,
      });
  });

  test.each([
    ['a wrong code', 'WRONG-CODE', npi],
    ['the NPI of nobody', CODE, '1245319599'],
  ])('is refused alike for %s', async (_what, code, of) => {
    const { start } = await withCode();
    expect(await start(code, of)).toEqual({ refused: 'REGISTRATION_CODE_INVALID' });
  });

  test('is refused for a code that was redeemed or revoked', async () => {
    const redeemed = await withCode();
    await redeemed.backend.write(redeemed.backend.codes.redeem(npi, redeemed.codeMac, 'a', 1));
    const revoked = await withCode();
    await revoked.backend.write(revoked.backend.codes.revoke(npi, revoked.codeMac, 1));
    for (const { start } of [redeemed, revoked])
      expect(await start()).toEqual({ refused: 'REGISTRATION_CODE_INVALID' });
  });

  test('counts wrong codes by NPI and source: an attacker locks out nobody elsewhere', async () => {
    const { start } = await withCode();
    for (let time = 1; time <= 10; time += 1) await start('WRONG-CODE');
    expect(await start()).toEqual({ refused: 'RATE_LIMITED', retryAfterSeconds: 3600 });
    expect(await start(CODE, npi, ELSEWHERE)).toHaveProperty('flowToken');
  });

  test('counts no right code', async () => {
    const { start } = await withCode();
    for (let time = 1; time <= 15; time += 1) expect(await start()).toHaveProperty('flowToken');
  });

  test('is an outage where no MAC can be made, and opens at the repeat', async () => {
    const { backend, start } = await withCode();
    backend.mac.failNext('mac');
    await expect(start()).rejects.toMatchObject({ name: 'CodeMacUnavailable' });
    expect(await start()).toHaveProperty('flowToken');
  });
});

describe('the account of a provider registration', () => {
  test('is INVITED with the role of the code, and the link is on its way', async () => {
    const { backend, create, account, codeMac } = await started();
    expect(await create()).toEqual({
      username: 'newuser',
      maskedEmail: 'n***@cedargrove.example',
      linkExpiresAt: '2026-10-05T12:20:00.000Z',
    });
    expect(await account()).toMatchObject({
      status: 'INVITED',
      role: 'ADMIN',
      npi,
      epoch: 1,
      contactEmail: 'noor@cedargrove.example',
      contactPhone: '+12025550143',
    });
    const { accountId = '' } = (await account()) ?? {};
    expect(backend.outbox.messages).toEqual([
      {
        kind: 'LINK',
        accountId,
        epoch: 1,
        lane: 'SIGN_UP_LINK',
        givenAddress: sha256('noor@cedargrove.example'),
        expiresAt: Date.parse('2026-10-05T12:20:00.000Z'),
      },
    ]);
    expect((await backend.codes.find(npi, codeMac)).code).toMatchObject({ redeemedBy: accountId });
    expect(backend.eventNames(accountId)).toEqual(['ACCOUNT_CREATED']);
  });

  test.each<[string, Partial<AccountDetails>, string]>([
    ['a phone with an extension', { phone: '2025550143 x5' }, 'PHONE_EXTENSION'],
    ['a number of another country', { phone: '+442079460018' }, 'PHONE_NOT_ALLOWED'],
    ['an address of employees', { email: 'a@portal-staff.example' }, 'WORKFORCE_EMAIL'],
  ])('is not made with %s', async (_what, more, refused) => {
    const { create, account } = await started();
    expect(await create(more)).toEqual({ refused });
    expect(await account()).toBeUndefined();
  });

  test('is not made with a username that is taken, and the code stays good', async () => {
    const { backend, create } = await started();
    await backend.has(anAccount({ username: 'newuser' }));
    expect(await create()).toEqual({ refused: 'USERNAME_TAKEN' });
    expect(await create({ username: 'another' })).toMatchObject({ username: 'another' });
  });

  test('finds 20 usernames taken, and no more', async () => {
    const { backend, create } = await started();
    await backend.has(anAccount({ username: 'newuser' }));
    for (let time = 1; time <= 20; time += 1)
      expect(await create()).toEqual({ refused: 'USERNAME_TAKEN' });
    expect(await create()).toMatchObject({ refused: 'RATE_LIMITED' });
  });

  test('is made by one of two flows of the same code', async () => {
    const { deps, start, create } = await started();
    const other = await start();
    const token = 'flowToken' in other ? other.flowToken : '';
    const opened = await openProviderFlow(deps, { token, source: SOURCE });
    if ('refused' in opened) throw new Error(opened.refused);
    const outcomes = await Promise.all([
      create(),
      createAccount(deps, opened, { ...DETAILS, username: 'another' }),
    ]);
    expect(outcomes.filter((outcome) => 'username' in outcome)).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'REGISTRATION_CODE_INVALID' },
    ]);
  });

  test('is made once by the same request twice at once, and both are answered alike', async () => {
    const { backend, create } = await started();
    const [first, second] = await Promise.all([create(), create()]);
    expect(first).toMatchObject({ username: 'newuser' });
    expect(second).toEqual(first);
    const accounts = backend.database.all('accounts').filter(({ status }) => status === 'INVITED');
    expect(accounts).toHaveLength(1);
  });

  test('is the same one for the same request again, whose link goes out again', async () => {
    const { backend, create } = await started();
    const first = await create();
    expect(await create()).toEqual(first);
    expect(backend.outbox.messages).toHaveLength(2);
    expect(await create({ username: 'another' })).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
  });

  test('goes on at the repeat where the queue did not take the link', async () => {
    const { backend, create, account } = await started();
    backend.outbox.failNext('put');
    await expect(create()).rejects.toMatchObject({ name: 'QueueUnavailable' });
    expect(await account()).toMatchObject({ status: 'INVITED' });
    expect(await create()).toMatchObject({ username: 'newuser' });
    expect(backend.outbox.messages).toHaveLength(1);
  });

  test('is made with its code, its name and its flow together, or not at all', async () => {
    for (const afterEffect of [false, true]) {
      const { backend, create } = await started();
      backend.database.failNext('commit', { afterEffect });
      await expect(create()).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await create()).toMatchObject({ username: 'newuser' });
      const accounts = backend.database.all('accounts');
      expect(accounts.filter(({ status }) => status === 'INVITED')).toHaveLength(1);
    }
  });

  test('is not made by a flow that has expired', async () => {
    const { backend, create } = await started();
    backend.clock.pass(HOUR);
    expect(await create()).toEqual({ refused: 'FLOW_EXPIRED' });
  });
});

describe('the address of a new account', () => {
  test('is corrected while it is INVITED: the former link is dead, a new one is on its way', async () => {
    const { backend, create, correct, account } = await started();
    await create();
    const { accountId = '' } = (await account()) ?? {};
    await backend.alter(accountId, { registrationLink: 'the former link' });
    expect(await correct('right@cedargrove.example')).toMatchObject({
      maskedEmail: 'r***@cedargrove.example',
    });
    expect(await account()).toMatchObject({ contactEmail: 'right@cedargrove.example' });
    expect(await account()).not.toHaveProperty('registrationLink');
    expect(backend.outbox.messages).toHaveLength(2);
  });

  test('is not notified where it stays as it is', async () => {
    const { backend, create, correct, account } = await started();
    await create();
    await correct(DETAILS.email);
    expect((await account())?.replacedEmails).toEqual([]);
    expect(backend.outbox.messages).toHaveLength(2);
  });

  test('is notified even where another correction follows before anybody is', async () => {
    const { backend, create, correct, account } = await started();
    await create();
    await correct('first@elsewhere.example');
    backend.clock.pass(1);
    await correct('second@elsewhere.example');
    expect((await account())?.replacedEmails).toEqual([
      { email: DETAILS.email, at: backend.now() - 1 },
      { email: 'first@elsewhere.example', at: backend.now() },
    ]);
  });

  test('is not corrected before there is an account, or once it has registered', async () => {
    const { backend, create, correct, account } = await started();
    const outOfOrder = { refused: 'STEP_OUT_OF_ORDER' };
    expect(await correct('right@cedargrove.example')).toEqual(outOfOrder);
    await create();
    const { accountId = '' } = (await account()) ?? {};
    await backend.alter(accountId, { status: 'ENROLLING' });
    expect(await correct('right@cedargrove.example')).toEqual(outOfOrder);
  });

  test('is not corrected to one of employees', async () => {
    const { create, correct } = await started();
    await create();
    expect(await correct('a@portal-staff.example')).toEqual({ refused: 'WORKFORCE_EMAIL' });
  });

  test('is corrected ten times in 15 minutes at most', async () => {
    const { create, correct } = await started();
    await create();
    for (let time = 1; time <= 10; time += 1)
      expect(await correct(`a${time}@cedargrove.example`)).toHaveProperty('maskedEmail');
    expect(await correct('b@cedargrove.example')).toMatchObject({ refused: 'SEND_LIMIT' });
  });

  test('is not corrected where the account changes meanwhile', async () => {
    const { backend, create, correct, account } = await started();
    await create();
    const { accountId = '' } = (await account()) ?? {};
    backend.database.beforeCommit = () => backend.alter(accountId, { epoch: 2 });
    expect(await correct('right@cedargrove.example')).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
  });
});
