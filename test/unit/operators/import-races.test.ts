import { describe, expect, test } from '@jest/globals';
import { accountImport } from '../../../bin/ops/accounts.ts';
import type { Write } from '../../../lambdas/ground/platform/database.ts';
import { Backend } from '../../fakes/backend.ts';

const OLD = 'lo-old';

/** What an import of this row would commit, as things are now. */
async function planned(
  backend: Backend,
  names: { username: string; legacyUsername?: string },
): Promise<Write[]> {
  const { plan, read } = accountImport(backend, true);
  const person = {
    firstName: 'Ada',
    lastName: 'Body',
    npi: '1234567893',
    email: 'ada@cedargrove.example',
  };
  const row = read({ ...person, ...names }, 2);
  if ('decided' in row) throw new Error(JSON.stringify(row.decided));
  const [one] = await plan([row]);
  if (one?.outcome !== 'written') throw new Error(JSON.stringify(one));
  return one.writes;
}

describe('an import does not give a name that was taken since it was planned', () => {
  test('as the username of a registration', async () => {
    const backend = new Backend();
    const writes = await planned(backend, { username: 'lo-one', legacyUsername: OLD });
    await backend.write(backend.names.claimUsername(OLD, 'another'), backend.names.noLegacy(OLD));
    expect((await backend.commit(writes)).done).toBe(false);
  });

  test('as the former name of another import', async () => {
    const backend = new Backend();
    const writes = await planned(backend, { username: OLD });
    await backend.write(backend.names.claimLegacy(OLD, 'another'));
    expect((await backend.commit(writes)).done).toBe(false);
  });

  test('while it corrects a former name', async () => {
    const backend = new Backend();
    await backend.write(...(await planned(backend, { username: 'lo-one' })));
    const writes = await planned(backend, { username: 'lo-one', legacyUsername: OLD });
    await backend.write(backend.names.claimUsername(OLD, 'another'));
    expect((await backend.commit(writes)).done).toBe(false);
  });

  test('and gives one that is free', async () => {
    const backend = new Backend();
    for (const names of [{ username: 'lo-one' }, { username: 'lo-one', legacyUsername: OLD }])
      await backend.write(...(await planned(backend, names)));
    const { byLegacy } = await backend.accounts.ownersOf([], [OLD]);
    expect(byLegacy.get(OLD)).toBeDefined();
  });
});
