import { describe, expect, test } from '@jest/globals';
import { listEvents } from '../../../../lambdas/capabilities/support/trail.ts';
import {
  type Actor,
  findUser,
  listUsers,
  managedUserOf,
} from '../../../../lambdas/capabilities/management/users.ts';
import { isEventId } from '../../../../lambdas/ground/audit/audit.rules.ts';
import { keyIn } from '../../../../lambdas/ground/platform/cursors.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  anAccount,
  anEmailUser,
  anEnrolling,
  anInvited,
  PROVIDER,
} from '../../../fakes/builders.ts';

const ADMIN: Actor = { accountId: 'admin-1', npi: PROVIDER.npi };

describe('a user as an admin sees it', () => {
  test('shows address and number masked', () => {
    expect(managedUserOf(anAccount({ lastSignInAt: 0 }))).toEqual({
      username: 'pphone',
      firstName: 'Pat',
      lastName: 'Harper',
      status: 'ACTIVE',
      role: 'STANDARD',
      method: 'PHONE',
      maskedEmail: 'p***@cedargrove.example',
      maskedPhone: '***-***-0143',
      lastSignInAt: '1970-01-01T00:00:00.000Z',
    });
  });

  test('has the address on record while it is not ACTIVE, and none where there is none', () => {
    const enrolling = anEnrolling({ email: 'd@a.example', recordEmail: 'r@a.example' });
    expect(managedUserOf(enrolling)).toMatchObject({ maskedEmail: 'r***@a.example' });
    expect(managedUserOf(anInvited({ contactEmail: undefined }))).not.toHaveProperty('maskedEmail');
  });
});

describe('the users of a provider', () => {
  async function withUsers(count: number) {
    const backend = new Backend();
    for (let index = 1; index <= count; index += 1)
      await backend.has(
        anInvited({ accountId: `a-${index}`, username: `user-${String(index).padStart(2, '0')}` }),
      );
    return backend;
  }

  test('come 25 a page, with a cursor that leads to the next', async () => {
    const backend = await withUsers(26);
    const first = await listUsers(backend, ADMIN);
    expect(first.users).toHaveLength(25);
    const second = await listUsers(
      backend,
      ADMIN,
      '',
      keyIn(first.cursor ?? '', () => true),
    );
    expect(second.users.map(({ username }) => username)).toEqual(['user-26']);
    expect(second.cursor).toBeUndefined();
  });

  test('are found in any case', async () => {
    const backend = await withUsers(2);
    expect((await listUsers(backend, ADMIN, 'USER-02')).users).toHaveLength(1);
  });

  test('of another provider do not exist for its admins, and all exist for operators', async () => {
    const backend = await withUsers(1);
    const elsewhere: Actor = { accountId: 'admin-2', npi: 'another' };
    expect((await listUsers(backend, elsewhere)).users).toEqual([]);
    expect(await findUser(backend, elsewhere, 'user-01')).toEqual({ refused: 'NOT_FOUND' });
    expect(await findUser(backend, ADMIN, ' USER-01 ')).toMatchObject({ accountId: 'a-1' });
    const operator: Actor = { accountId: 'OPERATOR', npi: 'ALL' };
    expect(await findUser(backend, operator, 'user-01')).toMatchObject({ accountId: 'a-1' });
  });

  test('that cannot exist are not looked up', async () => {
    const backend = await withUsers(1);
    const before = backend.database.calls.length;
    expect(await findUser(backend, ADMIN, 'no user/name')).toEqual({ refused: 'NOT_FOUND' });
    expect(backend.database.calls).toHaveLength(before);
  });
});

describe('the trail of a user', () => {
  test('names admins of the same provider, and those of another one only by their kind', async () => {
    const backend = new Backend();
    const user = await backend.has(anAccount());
    await backend.has(
      anEmailUser({ accountId: 'admin-1', username: 'aadmin', email: 'a@cedargrove.example' }),
    );
    await backend.has(
      anEmailUser({
        accountId: 'admin-2',
        username: 'other',
        email: 'o@a.example',
        npi: 'another',
      }),
    );
    for (const [now, actor] of ['SELF', 'admin-1', 'admin-2', 'SYSTEM', 'OPERATOR'].entries())
      await backend.write(
        backend.audit.write({ accountId: 'account-1', event: 'LINK_SENT', actor }, now),
      );
    const { events } = await listEvents(backend, user);
    expect(events.map(({ actor, actorUsername }) => [actor, actorUsername])).toEqual([
      ['OPERATOR', undefined],
      ['SYSTEM', undefined],
      ['ADMIN', undefined],
      ['ADMIN', 'aadmin'],
      ['SELF', undefined],
    ]);
  });

  test('shows no id of ours', async () => {
    const backend = new Backend();
    const user = await backend.has(anAccount());
    const event = { accountId: 'account-1', event: 'SIGNED_IN', flowId: 'flow-1' } as const;
    await backend.write(backend.audit.write(event, 0));
    const page = JSON.stringify(await listEvents(backend, user));
    for (const id of ['account-1', 'flow-1', 'eventId']) expect(page).not.toContain(id);
  });

  test('comes 25 a page, with a cursor of an event', async () => {
    const backend = new Backend();
    const user = await backend.has(anAccount());
    for (let now = 1; now <= 26; now += 1)
      await backend.write(backend.audit.write({ accountId: 'account-1', event: 'SIGNED_IN' }, now));
    const first = await listEvents(backend, user);
    const after = keyIn(first.cursor ?? '', isEventId);
    expect((await listEvents(backend, user, after)).events).toHaveLength(1);
  });
});
