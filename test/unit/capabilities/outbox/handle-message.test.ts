import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import type {
  LinkMessage,
  OutboxMessage,
} from '../../../../lambdas/capabilities/outbox/outbox.rules.ts';
import type { TokenFlow } from '../../../../lambdas/capabilities/token-flows/token-flow.rules.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { hashSecret, sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aCode,
  anAccount,
  anEnrolling,
  anImported,
  anInvited,
  aReset,
  aTokenFlow,
  ELSEWHERE,
  HOUR,
  MINUTE,
  SOURCE,
} from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';

async function withAccount(
  account = anInvited(),
  some: ConstructorParameters<typeof Backend>[0] = {},
) {
  const backend = new Backend(some);
  await backend.has(account);
  const expiresAt = backend.now() + 20 * MINUTE;
  const link: LinkMessage = {
    kind: 'LINK',
    accountId: 'account-1',
    epoch: account.epoch,
    expiresAt,
    lane: 'SIGN_UP_LINK',
  };
  const request = (more: object): OutboxMessage => ({
    kind: 'LINK_REQUEST',
    proven: false,
    requestedAt: backend.now(),
    ...SOURCE,
    ...more,
  });
  const to = () => backend.email.sent.map((message) => message.to);
  return { backend, link, request, to };
}

describe('the language of a link', () => {
  const subjectOf = async (account: Account, asked?: 'en' | 'es') => {
    const { backend, link, request } = await withAccount(account);
    const byOwner = request({ username: 'pphone', language: asked });
    await work(backend, asked === undefined ? link : byOwner);
    return backend.email.sent[0]?.email.subject;
  };

  test("is the account's, whoever asked for it", async () => {
    const spanish = anInvited({ language: 'es' });
    expect(await subjectOf(spanish)).toContain('Complete su registro');
    expect(await subjectOf(spanish, 'en')).toContain('Complete su registro');
  });

  test('is that of the page that asked for it where the account has none', async () => {
    expect(await subjectOf(anImported(), 'es')).toContain('Complete su registro');
    expect(await subjectOf(anImported())).toContain('Complete your registration');
  });
});

describe('a link that a sign-up or staff cause', () => {
  test('is mailed to the contact address, lives as long as promised, and is kept as a hash', async () => {
    const { backend, link, to } = await withAccount();
    expect(await work(backend, link)).toBe('SENT');
    expect(to()).toEqual(['pat@cedargrove.example']);
    const token = backend.email.lastLinkToken();
    expect(await backend.links.get(token)).toMatchObject({ accountId: 'account-1', epoch: 1 });
    expect(await backend.account()).toMatchObject({ registrationLink: hashSecret(token) });
    expect(backend.email.sent[0]?.email.text).toContain(`https://portal.example/register#${token}`);
    expect(backend.trail()).toMatchObject([
      { event: 'LINK_SENT', outcome: 'SIGN_UP', actor: 'SYSTEM' },
    ]);
  });

  test.each([
    ['a sign-up', anInvited(), 'SIGN_UP_LINK', 'was created', "Didn't register?"],
    ['an admin', anInvited(), 'ADMIN_LINK', 'You were sent', "Didn't expect this?"],
    ['a reset by an admin', aReset(), 'ADMIN_LINK', 'was reset', "Didn't expect this?"],
  ] as const)('of %s says what happened, and how to object', async (...row) => {
    const [, account, lane, what, objection] = row;
    const { backend, link } = await withAccount(account);
    await work(backend, { ...link, lane });
    const { text } = backend.email.sent[0]?.email ?? { text: '' };
    expect(text).toContain(what);
    expect(text).toContain(objection);
  });

  test('by staff goes to the address on record, whatever an enrolment in doubt put beside it', async () => {
    const { backend, link, to } = await withAccount(
      anEnrolling({ email: 'doubtful@elsewhere.example', recordEmail: 'pat@cedargrove.example' }),
    );
    await work(backend, { ...link, lane: 'ADMIN_LINK' });
    expect(to()).toEqual(['pat@cedargrove.example']);
  });

  test('of a sign-up is not mailed to an address that was corrected meanwhile', async () => {
    const { backend, link } = await withAccount();
    const given = { ...link, givenAddress: sha256('typo@cedargrove.example') };
    expect(await work(backend, given)).toBe('NOTHING_TO_SEND');
    const asIs = { ...link, givenAddress: sha256('pat@cedargrove.example') };
    expect(await work(backend, asIs)).toBe('SENT');
  });

  test('of a sign-up goes where staff corrected the address to, unless their own link is valid', async () => {
    const { backend, link, to } = await withAccount();
    await backend.alter('account-1', { recordEmail: 'pat@cedargrove.example' });
    const given = { ...link, givenAddress: sha256('typo@cedargrove.example') };
    expect(await work(backend, given)).toBe('SENT');
    const { registrationLink } = await backend.account();
    const again = { ...given, expiresAt: given.expiresAt + 1 };
    expect(await work(backend, again)).toBe('NOTHING_TO_SEND');
    expect(await backend.account()).toMatchObject({ registrationLink });
    expect(to()).toEqual(['pat@cedargrove.example']);
  });

  test('comes again where the account changes at each look', async () => {
    const { backend, link, to } = await withAccount();
    let number = 0;
    const contactEmail = () => `right${(number += 1)}@cedargrove.example`;
    // The first commit takes the message.
    backend.database.beforeCommit = async () => {
      const change = async (): Promise<void> => {
        await backend.alter('account-1', { contactEmail: contactEmail() });
        backend.database.beforeCommit = change;
      };
      backend.database.beforeCommit = change;
    };
    await expect(work(backend, link)).rejects.toThrow('changed twice');
    expect(to()).toEqual([]);
  });

  test('whose address is corrected while it is made goes to the new one, and no other is valid', async () => {
    const { backend, link, to } = await withAccount();
    const contactEmail = 'right@cedargrove.example';
    // The first commit takes the message, the second issues the link.
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = () => backend.alter('account-1', { contactEmail });
    };
    expect(await work(backend, { ...link, lane: 'ADMIN_LINK' })).toBe('SENT');
    expect(to()).toEqual([contactEmail]);
    const valid = hashSecret(backend.email.lastLinkToken());
    expect(await backend.account()).toMatchObject({ registrationLink: valid });
  });

  test('of a sign-up that corrects its address while the link is made is left to its own message', async () => {
    const { backend, link } = await withAccount();
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = () =>
        backend.alter('account-1', { contactEmail: 'right@cedargrove.example' });
    };
    const given = { ...link, givenAddress: sha256('pat@cedargrove.example') };
    expect(await work(backend, given)).toBe('NOTHING_TO_SEND');
    expect(await backend.account()).not.toHaveProperty('registrationLink');
    expect(backend.trail()).toEqual([]);
  });

  test('of an older epoch is not mailed', async () => {
    const { backend, link } = await withAccount();
    await backend.alter('account-1', { epoch: 2 });
    expect(await work(backend, link)).toBe('NOTHING_TO_SEND');
  });

  test('that has expired in the queue is not mailed', async () => {
    const { backend, link } = await withAccount();
    backend.clock.pass(20 * MINUTE);
    expect(await work(backend, link)).toBe('NOTHING_TO_SEND');
  });

  test.each([anAccount(), anAccount({ status: 'DISABLED' })])(
    'is not mailed to an account that needs none: $status',
    async (account) => {
      const { backend, link } = await withAccount(account);
      expect(await work(backend, link)).toBe('NOTHING_TO_SEND');
    },
  );

  test('is mailed once for a message that comes twice, and for two at once', async () => {
    const { backend, link } = await withAccount();
    const outcomes = await Promise.all([work(backend, link), work(backend, link)]);
    expect([...outcomes].sort()).toEqual(['SENT', 'TAKEN_BEFORE']);
    backend.clock.pass(HOUR);
    expect(await work(backend, link)).toBe('TAKEN_BEFORE');
    expect(backend.email.sent).toHaveLength(1);
  });

  test('is mailed again a minute after the mail was not taken, with a link of its own', async () => {
    const { backend, link } = await withAccount();
    backend.email.failNext('send');
    await expect(work(backend, link)).rejects.toMatchObject({ name: 'DeliveryFailed' });
    expect(await work(backend, link)).toBe('TAKEN_BEFORE');
    backend.clock.pass(MINUTE + 1);
    expect(await work(backend, link)).toBe('SENT');
  });

  test('that was mailed is not mailed again because its mark failed', async () => {
    const { backend, link } = await withAccount();
    backend.database.failNext('commit', { after: 2 });
    expect(await work(backend, link)).toBe('SENT');
    expect(backend.database.mend()).toBe(0);
    expect(backend.lines.lines).toMatchObject([{ code: 'MESSAGE_NOT_MARKED', kind: 'LINK' }]);
    expect(await work(backend, link)).toBe('TAKEN_BEFORE');
  });

  test('is an outage where nothing can be written, and nothing is mailed', async () => {
    const { backend, link } = await withAccount();
    backend.database.failNext('commit');
    await expect(work(backend, link)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(backend.email.sent).toEqual([]);
    expect(await work(backend, link)).toBe('SENT');
  });

  test('is not mailed where the account changes meanwhile', async () => {
    const { backend, link } = await withAccount();
    backend.database.beforeCommit = async () => {
      // Between the mark of the attempt and the link.
      backend.database.beforeCommit = () => backend.alter('account-1', { epoch: 2 });
    };
    expect(await work(backend, link)).toBe('NOTHING_TO_SEND');
    expect(backend.email.sent).toEqual([]);
  });

  test('is not mailed beyond the budget of its account', async () => {
    const { backend, link } = await withAccount(anInvited(), {
      limits: { unprovenSendsPerDay: 1 },
    });
    await work(backend, link);
    const second = { ...link, expiresAt: backend.now() + HOUR };
    expect(await work(backend, second)).toBe('NOTHING_TO_SEND');
  });
});

describe('a link that somebody asks for', () => {
  test.each([
    ['INVITED', anInvited(), 'SENT'],
    ['IMPORTED', anImported(), 'SENT'],
    ['ENROLLING', anEnrolling(), 'SENT'],
    ['RESET', aReset(), 'SENT'],
    ['ACTIVE', anAccount(), 'NOTHING_TO_SEND'],
  ])('by username, for an account that is %s', async (_status, account, outcome) => {
    const { backend, request } = await withAccount(account);
    expect(await work(backend, request({ username: 'pphone' }))).toBe(outcome);
  });

  test('by username of nobody sends nothing', async () => {
    const { backend, request } = await withAccount();
    expect(await work(backend, request({ username: 'nobody' }))).toBe('NOTHING_TO_SEND');
  });

  test.each([
    ['with the right password', true, 'SENT'],
    ['with a wrong password', false, 'NOTHING_TO_SEND'],
  ])('by address %s', async (_what, proven, outcome) => {
    const { backend, request } = await withAccount(anEnrolling());
    const message = request({ email: 'pat@cedargrove.example', proven });
    expect(await work(backend, message)).toBe(outcome);
  });

  test('records the source that asked', async () => {
    const { backend, request } = await withAccount();
    await work(backend, request({ username: 'pphone' }));
    expect(backend.trail()).toMatchObject([{ actor: 'SELF', outcome: 'USERNAME', ...SOURCE }]);
  });

  test('ends the former link', async () => {
    const { backend, request } = await withAccount();
    await work(backend, request({ username: 'pphone' }));
    const first = backend.email.lastLinkToken();
    await work(backend, request({ username: 'pphone', requestId: 'another' }));
    const { registrationLink } = await backend.account();
    expect(registrationLink).not.toBe(hashSecret(first));
  });

  test('is mailed within the budget of its source; another source has its own', async () => {
    const { backend, request } = await withAccount(anInvited(), {
      limits: { emailSendsPerQuarterHour: 1 },
    });
    expect(await work(backend, request({ username: 'pphone' }))).toBe('SENT');
    const again = request({ username: 'pphone', requestId: 'another' });
    expect(await work(backend, again)).toBe('NOTHING_TO_SEND');
    expect(await work(backend, request({ username: 'pphone', ...ELSEWHERE }))).toBe('SENT');
  });
});

describe('the code of a reset', () => {
  const tokenHash = hashSecret('token-1');
  const message: OutboxMessage = { kind: 'RESET_CODE', tokenHash, codeId: 'code-1', ...SOURCE };

  async function withReset(account = anAccount()) {
    const { backend } = await withAccount(account);
    const flows = new TokenFlowsStore<TokenFlow & { email: string }>(backend.database, 'flows');
    const now = backend.now();
    const code = aCode({ sentAt: now, expiresAt: now + 10 * MINUTE, mac: '' });
    const flow = { ...aTokenFlow(), email: 'pat@cedargrove.example', openedAt: now };
    await backend.write(
      flows.open({ ...flow, expiresAt: now + HOUR, open: { kind: 'CODE', factor: 'EMAIL', code } }),
    );
    return { backend, flow: () => flows.get(tokenHash) };
  }

  test('is made here, sent, and ties the flow to the account without its epoch', async () => {
    const { backend, flow } = await withReset();
    expect(await work(backend, message)).toBe('SENT');
    expect(backend.email.sent).toMatchObject([{ to: 'pat@cedargrove.example' }]);
    expect(backend.email.sent[0]?.email.text).toContain('expires in 10 minutes');
    const tied = await flow();
    expect(tied).toMatchObject({ accountId: 'account-1' });
    expect(tied).not.toHaveProperty('epoch');
    expect(JSON.stringify(tied)).not.toContain(backend.email.lastCode());
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'PASSWORD_RESET_STARTED']);
  });

  test.each([
    ['RESET', aReset()],
    ['DISABLED', anAccount({ status: 'DISABLED' })],
    ['ENROLLING', anEnrolling()],
  ])('is sent to no account that is %s', async (_status, account) => {
    const { backend, flow } = await withReset(account);
    expect(await work(backend, message)).toBe('NOTHING_TO_SEND');
    expect(await flow()).not.toHaveProperty('accountId');
  });

  test('that another one replaced, or that expired in the queue, is not sent', async () => {
    const { backend } = await withReset();
    expect(await work(backend, { ...message, codeId: 'older' })).toBe('NOTHING_TO_SEND');
    backend.clock.pass(10 * MINUTE);
    expect(await work(backend, message)).toBe('NOTHING_TO_SEND');
  });

  test('of a flow that is gone is not sent', async () => {
    const { backend } = await withAccount(anAccount());
    expect(await work(backend, message)).toBe('NOTHING_TO_SEND');
  });

  test('starts the reset once in the trail, however often it is sent', async () => {
    const { backend } = await withReset();
    await work(backend, message);
    await work(backend, { ...message, requestId: 'another' });
    expect(backend.email.sent).toHaveLength(2);
    expect(backend.eventNames().filter((event) => event === 'PASSWORD_RESET_STARTED')).toHaveLength(
      1,
    );
  });

  test('is an outage where no MAC can be made; the queue brings it again', async () => {
    const { backend } = await withReset();
    backend.mac.failNext('mac');
    await expect(work(backend, message)).rejects.toMatchObject({ name: 'CodeMacUnavailable' });
    backend.clock.pass(MINUTE + 1);
    expect(await work(backend, message)).toBe('SENT');
    expect(backend.email.sent[0]?.email.text).toContain('expires in 9 minutes');
  });
});
