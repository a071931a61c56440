/**
 * `ops check` reads the accounts and the user pool whole, page by page, and names what does not fit
 * together. `ops repair` mends what it can, by conditional writes that any request may have made.
 */
import { finishSignOut } from '../../lambdas/capabilities/accounts/revocation.ts';
import { type Fault, faultsOf, lineOf, type Repair } from './check.rules.ts';
import { EXIT, type Output } from './output.ts';
import { snapshotOf, type Source } from './snapshot.ts';
import type { Target } from './target.ts';

/** @returns the exit code: 0, or 3 if something does not fit together */
export async function check(target: Target, output: Output): Promise<number> {
  const faults = faultsOf(await snapshotOf(sourceOf(target)));
  output.result(faults, faults.length === 0 ? 'Nothing was found.' : faults.map(lineOf).join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
}

/** @returns the exit code: 0, or 3 if something is left that needs a decision */
export async function repair(target: Target, output: Output): Promise<number> {
  const done: { fault: string; subject: string; outcome: string }[] = [];
  for (const one of faultsOf(await snapshotOf(sourceOf(target))))
    done.push({ fault: one.fault, subject: one.subject, outcome: await mend(target, one) });
  const lines = done.map(({ fault, subject, outcome }) => `${fault}  ${subject}: ${outcome}`);
  output.result(done, lines.length === 0 ? 'Nothing was found.' : lines.join('\n'));
  return done.every(({ outcome }) => outcome.startsWith('mended')) ? EXIT.done : EXIT.refused;
}

async function mend(target: Target, { repair: act, text }: Fault): Promise<string> {
  if (act === undefined) return `left: ${text}`;
  return (await ACTS[act.act](target, act as never))
    ? `mended: ${text}`
    : 'left: it has changed meanwhile, check again';
}

type Acts = {
  [A in Repair['act']]: (target: Target, repair: Extract<Repair, { act: A }>) => Promise<boolean>;
};

const ACTS: Acts = {
  RELEASE: async (target, { email, accountId }) =>
    (await target.database.commit([target.names.release(email, accountId)])).done,
  RELEASE_LEGACY: async (target, { name, accountId }) =>
    (await target.database.commit([target.names.releaseLegacy(name, accountId)])).done,
  CLAIM: async (target, { email, accountId }) =>
    (await target.database.commit([target.names.claim(email, accountId, { now: Date.now() })]))
      .done,
  DELETE_USER: async (target, { username }) => {
    await target.pool.deleteUser(username);
    return true;
  },
  MOVE_USER: async (target, { username, email }) =>
    (await target.pool.changeEmail(username, email)) === 'DONE',
  SIGN_OUT: async (target, { accountId }) => {
    const account = await target.accounts.get(accountId);
    if (account !== undefined) await finishSignOut(target.deps, account);
    return account !== undefined;
  },
};

function sourceOf(target: Target): Source {
  const { cognito, client, userPoolId } = target;
  return { cognito, client, userPoolId, accounts: target.table('Accounts') };
}
