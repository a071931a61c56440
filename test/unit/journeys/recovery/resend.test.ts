import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount } from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { Resetter } from './resetter.ts';

const OUT_OF_ORDER = { refused: 'STEP_OUT_OF_ORDER' };

async function resetting(
  account = anAccount(),
  some: ConstructorParameters<typeof Backend>[0] = {},
) {
  const backend = new Backend(some);
  await backend.has(account);
  return { backend, person: await Resetter.start(backend) };
}

test('a reset whose code the queue does not take spends no budget', async () => {
  const backend = new Backend({ limits: { emailSendsPerQuarterHour: 1 } });
  await backend.has(anAccount());
  backend.outbox.failNext('put');
  await expect(Resetter.start(backend)).rejects.toThrow('made to fail');
  await Resetter.start(backend);
  await work(backend);
  expect(backend.email.sent).toHaveLength(1);
});

describe('a resend of a reset', () => {
  test('before 15 seconds is refused; after them the former code is void', async () => {
    const { backend, person } = await resetting();
    await work(backend);
    const former = backend.email.lastCode();
    backend.clock.pass(14_000);
    expect(await person.resend()).toEqual({ refused: 'RESEND_TOO_SOON', retryAfterSeconds: 1 });
    backend.clock.pass(1_000);
    expect(await person.resend()).toMatchObject({ reset: { code: { attemptsLeft: 5 } } });
    expect(await person.verifyEmail(former)).toEqual({ refused: 'CODE_MISMATCH' });
    expect(await person.proveEmail()).toMatchObject({ reset: { step: 'CHOOSE_CHANNEL' } });
  });

  test('goes out once for two requests at once', async () => {
    const { backend, person } = await resetting();
    backend.clock.pass(15_000);
    const outcomes = await Promise.all([person.resend(), person.resend()]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([OUT_OF_ORDER]);
    expect(backend.outbox.messages).toHaveLength(2);
  });

  test('beyond the budget of the address is refused', async () => {
    const { backend, person } = await resetting(anAccount(), {
      limits: { emailSendsPerQuarterHour: 1 },
    });
    backend.clock.pass(15_000);
    expect(await person.resend()).toMatchObject({ refused: 'SEND_LIMIT' });
  });

  test('that the queue does not take may be repeated at once', async () => {
    const { backend, person } = await resetting(anAccount(), {
      limits: { emailSendsPerQuarterHour: 2 },
    });
    await work(backend);
    const former = backend.email.lastCode();
    backend.clock.pass(15_000);
    backend.outbox.failNext('put');
    await expect(person.resend()).rejects.toThrow('made to fail');
    expect(await person.resend()).toMatchObject({ reset: { step: 'VERIFY_EMAIL' } });
    await work(backend);
    const resent = backend.email.lastCode();
    expect(resent).not.toBe(former);
    expect(await person.verifyEmail(resent)).toMatchObject({ reset: { step: 'CHOOSE_CHANNEL' } });
  });

  test('that the queue does not take leaves the former code valid', async () => {
    const { backend, person } = await resetting();
    await work(backend);
    const former = backend.email.lastCode();
    backend.clock.pass(15_000);
    backend.outbox.failNext('put');
    await expect(person.resend()).rejects.toThrow('made to fail');
    expect(await person.verifyEmail(former)).toMatchObject({ reset: { step: 'CHOOSE_CHANNEL' } });
  });

  test('is out of order once the mailbox is proven', async () => {
    const { person } = await resetting();
    await person.proveEmail();
    expect(await person.resend()).toEqual(OUT_OF_ORDER);
  });
});
