import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { PeopleStore } from '../../../../lambdas/capabilities/accounts/people.store.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import {
  correctPersonEmail,
  decide,
  resetPerson,
  setPersonStatus,
} from '../../../../lambdas/journeys/help-desk/acts.ts';
import { APPROVAL_MS } from '../../../../lambdas/journeys/help-desk/approval.rules.ts';
import { ApprovalsStore } from '../../../../lambdas/journeys/help-desk/approvals.store.ts';
import type { DeskCaller, DeskDeps } from '../../../../lambdas/journeys/help-desk/desk.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, SOURCE } from '../../../fakes/builders.ts';

const HANA: DeskCaller = { employeeId: 'e-1', name: 'Hana', ...SOURCE };
const HUGO: DeskCaller = { employeeId: 'e-2', name: 'Hugo', ...SOURCE };
const LOST = { reason: 'lost phone', idempotencyKey: undefined };

function anAdmin(number: number): Account {
  return anAccount({
    accountId: `admin-${number}`,
    username: `admin${number}`,
    role: 'ADMIN',
    email: `admin${number}@cedargrove.example`,
    recordEmail: `admin${number}@cedargrove.example`,
    cognitoUsername: `user-of-admin-${number}`,
  });
}

async function atDesk(admins = 1, { secondPerson = true, actsPerHour = 30 } = {}) {
  const backend = new Backend({
    workforce: { helpDeskGroup: 'desk', secondPerson },
    limits: { helpDeskActsPerHour: actsPerHour },
  });
  const people = await Promise.all(
    Array.from({ length: admins }, (_, index) => backend.has(anAdmin(index + 1))),
  );
  const { database, marks, outbox, pool, codes, events, settings, mac } = backend;
  const deps: DeskDeps = {
    ...backend.shared,
    marks,
    outbox,
    pool,
    codes,
    events,
    settings,
    mac,
    people: new PeopleStore(database, 'accounts'),
    flows: new TokenFlowsStore(database, 'flows'),
    approvals: new ApprovalsStore(database, 'approvals'),
    clientId: 'the-client',
  };
  const statuses = async () =>
    Promise.all(people.map(async ({ accountId }) => (await backend.account(accountId)).status));
  return { backend, deps, people: people as [Account, ...Account[]], statuses };
}

/** The approval that an act asked for. */
function approvalOf(answer: object | undefined): string {
  if (answer === undefined || !('approval' in answer)) throw new Error('Nothing waits.');
  return (answer.approval as { approvalId: string }).approvalId;
}

describe("the reset of a provider's administrator", () => {
  test('of one of two is done at once', async () => {
    const { deps, people, statuses } = await atDesk(2);
    expect(await resetPerson(deps, HANA, people[0], LOST)).toBeUndefined();
    expect(await statuses()).toEqual(['RESET', 'ACTIVE']);
  });

  test('never takes the last two away without a second employee, also at once', async () => {
    const { deps, people, statuses } = await atDesk(2);
    const answers = await Promise.all([
      resetPerson(deps, HANA, people[0], LOST),
      resetPerson(deps, HUGO, people[1] ?? people[0], LOST),
    ]);
    expect(answers).toContain(undefined);
    expect(answers).toContainEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect((await statuses()).sort()).toEqual(['ACTIVE', 'RESET']);
  });

  test('of the last one waits for a second employee, and changes nothing until then', async () => {
    const { backend, deps, people, statuses } = await atDesk();
    const approvalId = approvalOf(await resetPerson(deps, HANA, people[0], LOST));
    expect(await statuses()).toEqual(['ACTIVE']);
    expect(await decide(deps, HANA, approvalId, 'APPROVED')).toMatchObject({
      refused: 'FORBIDDEN',
    });
    expect(await decide(deps, HUGO, approvalId, 'APPROVED')).toEqual({
      approvalId,
      decision: 'APPROVED',
    });
    expect(await statuses()).toEqual(['RESET']);
    expect(backend.trail('admin-1').at(-1)).toMatchObject({
      event: 'REGISTRATION_RESET',
      actor: 'HELP_DESK',
      employee: 'e-1',
      secondEmployee: 'e-2',
      reason: 'lost phone',
    });
  });

  test('waits once, whoever asks again', async () => {
    const { deps, people } = await atDesk();
    const first = approvalOf(await resetPerson(deps, HANA, people[0], LOST));
    expect(approvalOf(await resetPerson(deps, HUGO, people[0], LOST))).toBe(first);
  });

  test('needs no second employee where the stage says so', async () => {
    const { deps, people, statuses } = await atDesk(1, { secondPerson: false });
    expect(await resetPerson(deps, HANA, people[0], LOST)).toBeUndefined();
    expect(await statuses()).toEqual(['RESET']);
  });
});

describe("the correction of an administrator's address that resets a registration", () => {
  const CORRECTION = { email: 'elsewhere@cedargrove.example', reason: 'mistyped' };

  async function halfRegistered(admins: number, some = {}) {
    const desk = await atDesk(admins, some);
    await desk.backend.alter('admin-1', { status: 'ENROLLING' });
    return { ...desk, account: await desk.backend.account('admin-1') };
  }

  test('is refused for the last one, whose reset needs a second employee', async () => {
    const { backend, deps, account } = await halfRegistered(1);
    expect(await correctPersonEmail(deps, HANA, account, CORRECTION)).toEqual({
      refused: 'STEP_OUT_OF_ORDER',
      detail: expect.stringContaining('Reset the registration first'),
    });
    expect(await backend.account('admin-1')).toEqual(account);
    const approvalId = approvalOf(await resetPerson(deps, HANA, account, LOST));
    await decide(deps, HUGO, approvalId, 'APPROVED');
    const after = await backend.account('admin-1');
    expect(await correctPersonEmail(deps, HANA, after, CORRECTION)).toMatchObject({
      status: 'RESET',
    });
  });

  test('is done for one of two, while the other one stays', async () => {
    const { deps, people, account, statuses } = await halfRegistered(2);
    const answers = await Promise.all([
      correctPersonEmail(deps, HANA, account, CORRECTION),
      resetPerson(deps, HUGO, people[1] ?? people[0], LOST),
    ]);
    expect(answers[0]).toMatchObject({ status: 'RESET' });
    expect(answers[1]).toHaveProperty('approval');
    expect(await statuses()).toEqual(['RESET', 'ACTIVE']);
  });

  test('is refused where the other one is reset meanwhile', async () => {
    const { backend, deps, people, account, statuses } = await halfRegistered(2);
    const { ofProvider } = deps.accounts;
    deps.accounts.ofProvider = async (search) => {
      const page = await ofProvider.call(backend.accounts, search);
      await backend.alter(people[1]?.accountId ?? '', { status: 'RESET', epoch: 99 });
      return page;
    };
    expect(await correctPersonEmail(deps, HANA, account, CORRECTION)).toEqual({
      refused: 'STEP_OUT_OF_ORDER',
    });
    expect((await statuses())[0]).toBe('ENROLLING');
  });

  test('is done where the address is the one that was verified', async () => {
    const { deps, account } = await halfRegistered(1);
    const correction = { ...CORRECTION, email: account.email ?? '' };
    expect(await correctPersonEmail(deps, HANA, account, correction)).toMatchObject({
      status: 'ENROLLING',
    });
  });

  test('needs no second employee where the stage says so', async () => {
    const { deps, account } = await halfRegistered(1, { secondPerson: false });
    expect(await correctPersonEmail(deps, HANA, account, CORRECTION)).toMatchObject({
      status: 'RESET',
    });
  });
});

describe('an approval', () => {
  const disabling = async () => {
    const desk = await atDesk(2);
    const change = { status: 'DISABLED', reason: 'left' } as const;
    const answer = await setPersonStatus(desk.deps, HANA, desk.people[0], change);
    return { ...desk, approvalId: approvalOf(answer) };
  };

  test('is decided once by those who decide at once', async () => {
    const { deps, approvalId, statuses } = await disabling();
    const answers = await Promise.all([
      decide(deps, HUGO, approvalId, 'APPROVED'),
      decide(deps, HUGO, approvalId, 'DENIED'),
    ]);
    expect(answers.filter((answer) => 'decision' in answer)).toHaveLength(1);
    const isApproved = answers.some(
      (answer) => 'decision' in answer && answer.decision === 'APPROVED',
    );
    expect((await statuses())[0]).toBe(isApproved ? 'DISABLED' : 'ACTIVE');
  });

  test('that is denied changes nothing, and is recorded with both employees', async () => {
    const { backend, deps, approvalId, statuses } = await disabling();
    expect(await decide(deps, HUGO, approvalId, 'DENIED')).toMatchObject({ decision: 'DENIED' });
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);
    expect(backend.trail('admin-1').at(-1)).toMatchObject({
      event: 'APPROVAL_DENIED',
      outcome: 'DISABLE',
      employee: 'e-1',
      secondEmployee: 'e-2',
    });
  });

  test('ends after an hour', async () => {
    const { backend, deps, approvalId, statuses } = await disabling();
    backend.clock.pass(APPROVAL_MS);
    expect(await decide(deps, HUGO, approvalId, 'APPROVED')).toEqual({ refused: 'NOT_FOUND' });
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

test('acts beyond the number of an hour are refused and change nothing', async () => {
  const { deps, people, statuses } = await atDesk(2, { actsPerHour: 1 });
  const change = { status: 'DISABLED', reason: 'left' } as const;
  await setPersonStatus(deps, HANA, people[0], change);
  expect(await resetPerson(deps, HANA, people[0], LOST)).toMatchObject({ refused: 'RATE_LIMITED' });
  expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);
});
