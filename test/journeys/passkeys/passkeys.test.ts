import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Authenticator, type Origin } from '../clients/authenticator.ts';
import { ADA, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let here: Origin;
beforeAll(async () => {
  machine = await Machine.boot();
  here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
});
afterAll(async () => machine.stop());
beforeEach(async () => machine.advance(86_400));

const lee = () => new PortalUser(machine, LEE.email);
const refused = { error: 'NotAuthorizedException' };

/** An access token whose factor was passed a moment ago. */
async function freshToken(email = LEE.email): Promise<string> {
  return (await new PortalUser(machine, email).signIn(PASSWORD, 'EMAIL', email)).AccessToken;
}

async function added(token: string, authenticator = new Authenticator()): Promise<Authenticator> {
  const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
  const credential = authenticator.create(options, here);
  const answer = await machine.api('POST', '/me/passkeys', { name: 'Desk', credential }, token);
  expect(answer).toMatchObject({ status: 201, body: { passkeyId: authenticator.passkeyId } });
  return authenticator;
}

const nonceAsChallenge = ({ parameters }: PortalUser['round']) =>
  Buffer.from(parameters.nonce ?? '', 'utf8').toString('base64url');

async function signInAlone(user: PortalUser, authenticator: Authenticator, from = here) {
  await user.begin();
  return user.answer({ passkey: authenticator.get(nonceAsChallenge(user.round), from) });
}

async function events(token: string): Promise<string[]> {
  const { body } = await machine.api('GET', '/me/events', undefined, token);
  return body.events.map(({ event }: { event: string }) => event);
}

describe('the registration of a passkey', () => {
  test('repeats with its Idempotency-Key after a lost answer, and without one only once', async () => {
    const token = await freshToken();
    const authenticator = new Authenticator();
    const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
    const body = { name: 'Desk', credential: authenticator.create(options, here) };
    const register = (key?: string) =>
      machine.api('POST', '/me/passkeys', body, {
        token,
        headers: key === undefined ? {} : { 'idempotency-key': key },
      });
    await machine.fault({
      service: 'dynamodb',
      operation: 'TransactWriteItems',
      function: 'me',
      times: 2,
      afterEffect: true,
    });
    expect(await register('first')).toMatchObject({ status: 503 });
    await machine.clearFaults();
    expect(await register('first')).toMatchObject({
      status: 201,
      body: { passkeyId: authenticator.passkeyId, name: 'Desk' },
    });
    for (const other of [undefined, 'second'])
      expect(await register(other)).toMatchObject({
        status: 422,
        body: { code: 'PASSKEY_INVALID' },
      });
    expect((await machine.api('GET', '/me/passkeys', undefined, token)).body.passkeys).toHaveLength(
      1,
    );
    await machine.api('DELETE', `/me/passkeys/${authenticator.passkeyId}`, undefined, token);
  });
});

describe('a passkey alone', () => {
  test('signs in over the nonce, by the address and by the user handle', async () => {
    const authenticator = await added(await freshToken());
    const byAddress = await signInAlone(lee(), authenticator);
    expect(decodeJwt(byAddress.tokens?.AccessToken ?? '').login_method).toBe('PASSKEY');
    const username = Buffer.from(authenticator.userHandle, 'base64url').toString('utf8');
    const byHandle = await signInAlone(new PortalUser(machine, username), authenticator);
    expect(byHandle.tokens).toBeDefined();
    const token = byHandle.tokens?.AccessToken ?? '';
    expect(await events(token)).toEqual(expect.arrayContaining(['PASSKEY_PROVEN', 'SIGNED_IN']));
    const { body } = await machine.api('GET', '/me/passkeys', undefined, token);
    expect(body.passkeys.at(-1)).toMatchObject({
      name: 'Desk',
      lastUsedAt: expect.stringMatching(/Z$/),
    });
  });

  test('signs in over a challenge that was asked for before, once', async () => {
    const authenticator = await added(await freshToken());
    const { status, body } = await machine.api('POST', '/passkey-challenges', {});
    expect(status).toBe(201);
    const assertion = authenticator.get(body.challenge, here);
    const first = lee();
    await first.begin();
    expect((await first.answer({ passkey: assertion })).tokens).toBeDefined();
    const again = lee();
    await again.begin();
    expect(await again.answer({ passkey: authenticator.get(body.challenge, here) })).toMatchObject(
      refused,
    );
  });

  test('is refused after five minutes, for another user, origin, RP, nonce, or unverified', async () => {
    const authenticator = await added(await freshToken());
    const { body } = await machine.api('POST', '/passkey-challenges', {});
    await machine.advance(301);
    const late = lee();
    await late.begin();
    expect(await late.answer({ passkey: authenticator.get(body.challenge, here) })).toMatchObject(
      refused,
    );
    const ada = new PortalUser(machine, ADA.email);
    expect(await signInAlone(ada, authenticator)).toMatchObject(refused);
    const nobody = new PortalUser(machine, 'nobody@cedargrove.example');
    expect(await signInAlone(nobody, authenticator)).toMatchObject(refused);
    const elsewhere = { ...here, origin: 'https://portal.evil.example' };
    expect(await signInAlone(lee(), authenticator, elsewhere)).toMatchObject(refused);
    const otherRp = { ...here, rpId: 'evil.example' };
    expect(await signInAlone(lee(), authenticator, otherRp)).toMatchObject(refused);
    const other = lee();
    await other.begin();
    expect(await other.answer({ passkey: authenticator.get('bm9uY2U', here) })).toMatchObject(
      refused,
    );
    authenticator.userVerified = false;
    expect(await signInAlone(lee(), authenticator)).toMatchObject(refused);
    authenticator.userVerified = true;
    expect((await signInAlone(lee(), authenticator)).tokens).toBeDefined();
  });

  test('that was copied is refused, and its owner is notified', async () => {
    const authenticator = await added(await freshToken());
    await signInAlone(lee(), authenticator);
    authenticator.counter = 1;
    expect(await signInAlone(lee(), authenticator)).toMatchObject(refused);
    expect(await events(await freshToken())).toContain('PASSKEY_CLONED');
  });

  test('is the same proof where its answer is verified twice', async () => {
    const token = await freshToken();
    const authenticator = await added(token);
    await machine.fault({ trigger: 'verify', duplicate: true });
    expect((await signInAlone(lee(), authenticator)).tokens).toBeDefined();
    const latest = (await events(token)).slice(0, 2);
    expect(latest.sort()).toEqual(['PASSKEY_PROVEN', 'SIGNED_IN']);
  });

  test('of which a replayed answer proves nothing in another flow', async () => {
    const authenticator = await added(await freshToken());
    const user = lee();
    await user.begin();
    const assertion = authenticator.get(nonceAsChallenge(user.round), here);
    expect((await user.answer({ passkey: assertion })).tokens).toBeDefined();
    const replay = lee();
    await replay.begin();
    expect(await replay.answer({ passkey: assertion })).toMatchObject(refused);
  });
});

describe('a passkey after a password', () => {
  test('is offered, and is a factor', async () => {
    const authenticator = await added(await freshToken(PAT.email));
    const pat = new PortalUser(machine, PAT.email);
    await pat.provePassword(PASSWORD);
    expect(pat.round.parameters.factors).toBe('SMS,CALL,EMAIL,PASSKEY');
    await pat.answer({ factor: 'PASSKEY' });
    expect(pat.round.challenge).toBe('USE_PASSKEY');
    const options = JSON.parse(pat.round.parameters.options ?? '');
    expect(options).toMatchObject({
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [{ type: 'public-key', id: authenticator.passkeyId }],
    });
    const elsewhere = authenticator.get(options.challenge, {
      ...here,
      origin: 'http://evil.example',
    });
    expect((await pat.answer({ passkey: elsewhere })).parameters.reason).toBe('PASSKEY_INVALID');
    const { tokens } = await pat.answer({ passkey: authenticator.get(options.challenge, here) });
    expect(decodeJwt(tokens?.IdToken ?? '').login_method).toBe('PASSKEY');
  });

  test('is asked for in spite of a lock, and any other answer ends the flow', async () => {
    const authenticator = await added(await freshToken());
    for (let flow = 1; flow <= 4; flow += 1) {
      const guesser = lee();
      await guesser.provePassword(PASSWORD);
      const code = await guesser.sendCode('EMAIL', LEE.email);
      for (let attempt = 1; attempt <= 5; attempt += 1) await guesser.answer({ code: wrong(code) });
    }
    const other = lee();
    await other.provePassword(PASSWORD);
    expect(other.round.parameters).toMatchObject({ reason: 'ACCOUNT_LOCKED' });
    await other.answer({ factor: 'EMAIL' });
    expect(await other.answer({ factor: 'EMAIL' })).toMatchObject(refused);
    const owner = lee();
    await owner.provePassword(PASSWORD);
    await owner.answer({ factor: 'PASSKEY' });
    const { challenge } = JSON.parse(owner.round.parameters.options ?? '');
    expect(
      (await owner.answer({ passkey: authenticator.get(challenge, here) })).tokens,
    ).toBeDefined();
  });
});

describe('registering passkeys', () => {
  test('needs a factor of the last ten minutes', async () => {
    const token = await freshToken();
    await machine.advance(601);
    for (const [method, path, body] of [
      ['POST', '/me/passkeys/options', {}],
      ['DELETE', '/me/passkeys/abc', undefined],
      ['POST', '/me/recovery-codes', {}],
    ] as const)
      expect(await machine.api(method, path, body, token)).toMatchObject({
        status: 403,
        body: { code: 'FACTOR_TOO_OLD' },
      });
    expect((await machine.api('GET', '/me/passkeys', undefined, token)).status).toBe(200);
  });

  test("takes each challenge once, and only its owner's", async () => {
    const token = await freshToken();
    const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
    const stolen = new Authenticator().create(options, here);
    const others = await freshToken(PAT.email);
    const add = (credential: unknown, as: string) =>
      machine.api('POST', '/me/passkeys', { name: 'x', credential }, as);
    const invalid = { status: 422, body: { code: 'PASSKEY_INVALID' } };
    expect(await add(stolen, others)).toMatchObject(invalid);
    expect(await add(stolen, token)).toMatchObject({ status: 201 });
    expect(await add(new Authenticator().create(options, here), token)).toMatchObject(invalid);
  });

  test('admits ten, of twenty at once too', async () => {
    const token = await freshToken(ADA.email);
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { body } = await machine.api('POST', '/me/passkeys/options', {}, token);
        return new Authenticator().create(body, here);
      }),
    );
    const answers = await Promise.all(
      made.map((credential) =>
        machine.api('POST', '/me/passkeys', { name: 'x', credential }, token),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
      Array(10).fill('PASSKEY_LIMIT'),
    );
  });

  test('renames and removes', async () => {
    const token = await freshToken(PAT.email);
    const { passkeyId } = await added(token);
    const path = `/me/passkeys/${passkeyId}`;
    expect(await machine.api('PUT', path, { name: 'Ward 3' }, token)).toMatchObject({
      status: 200,
      body: { name: 'Ward 3' },
    });
    expect((await machine.api('DELETE', path, undefined, token)).status).toBe(204);
    expect((await machine.api('DELETE', path, undefined, token)).status).toBe(404);
    expect(await events(token)).toEqual(expect.arrayContaining(['PASSKEY_REMOVED']));
  });

  test('ends with an administrator’s reset', async () => {
    const authenticator = await added(await freshToken(PAT.email));
    const admin = await freshToken(ADA.email);
    await machine.api('POST', `/admin/users/${PAT.username}/registration-reset`, {}, admin);
    const pat = new PortalUser(machine, PAT.email);
    expect(await signInAlone(pat, authenticator)).toMatchObject(refused);
  });
});

describe('recovery codes', () => {
  test('are ten, each good once, in any case and without dashes', async () => {
    const token = await freshToken();
    const { status, body } = await machine.api('POST', '/me/recovery-codes', {}, token);
    expect(status).toBe(201);
    expect(new Set(body.codes).size).toBe(10);
    for (const code of body.codes)
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/);
    const [code] = body.codes as string[];
    const user = lee();
    await user.provePassword(PASSWORD);
    expect(user.round.parameters.factors).toMatch(/,RECOVERY_CODE$/);
    await user.answer({ factor: 'RECOVERY_CODE' });
    expect(user.round).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { factor: 'RECOVERY_CODE', attemptsLeft: '5' },
    });
    expect(user.round.parameters).not.toHaveProperty('destination');
    expect((await user.answer({ resend: true })).parameters.reason).toBe('ANSWER_INVALID');
    expect((await user.answer({ code: 'AAAA-AAAA-AAAA' })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
      attemptsLeft: '4',
    });
    const typed = (code ?? '').toLowerCase().replaceAll('-', '');
    const { tokens } = await user.answer({ code: typed });
    expect(decodeJwt(tokens?.AccessToken ?? '').login_method).toBe('EMAIL');
    const left = await machine.api('GET', '/me/recovery-codes', undefined, tokens?.AccessToken);
    expect(left.body).toEqual({ unused: 9 });
    const again = lee();
    await again.provePassword(PASSWORD);
    await again.answer({ factor: 'RECOVERY_CODE' });
    expect((await again.answer({ code })).parameters.reason).toBe('CODE_MISMATCH');
  });

  test('end with a new set, and six digits are not a recovery code', async () => {
    const token = await freshToken();
    const make = async () =>
      (await machine.api('POST', '/me/recovery-codes', {}, token)).body.codes as string[];
    const [old] = await make();
    await make();
    const user = lee();
    await user.provePassword(PASSWORD);
    await user.answer({ factor: 'RECOVERY_CODE' });
    expect((await user.answer({ code: '123456' })).parameters).toMatchObject({
      reason: 'ANSWER_INVALID',
      attemptsLeft: '5',
    });
    expect((await user.answer({ code: old })).parameters.reason).toBe('CODE_MISMATCH');
  });
});
