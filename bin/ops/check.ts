/**
 * `ops check` reads the accounts and the user pool whole, page by page, and names what does not fit
 * together. `ops repair` mends what it can, as the nightly sweep does.
 */
import { type Fault, lineOf } from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import { snapshotOf } from '../../lambdas/capabilities/upkeep/snapshot.client.ts';
import { lastingFaults, mend, type UpkeepDeps } from '../../lambdas/capabilities/upkeep/upkeep.ts';
import { EXIT, type Output } from './output.ts';
import type { Target } from './target.ts';

/** @returns the exit code: 0, or 3 if something does not fit together */
export async function check(target: Target, output: Output): Promise<number> {
  const faults = await lastingFaults(depsOf(target));
  output.result(faults, faults.length === 0 ? 'Nothing was found.' : faults.map(lineOf).join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
}

/** @returns the exit code: 0, or 3 if something is left that needs a decision */
export async function repair(target: Target, output: Output): Promise<number> {
  const deps = depsOf(target);
  const done: { fault: string; subject: string; outcome: string }[] = [];
  for (const one of await lastingFaults(deps))
    done.push({
      fault: one.fault,
      subject: one.subject,
      outcome: await attend(deps, one),
    });
  const lines = done.map(({ fault, subject, outcome }) => `${fault}  ${subject}: ${outcome}`);
  output.result(done, lines.length === 0 ? 'Nothing was found.' : lines.join('\n'));
  return done.every(({ outcome }) => outcome.startsWith('mended')) ? EXIT.done : EXIT.refused;
}

async function attend(deps: UpkeepDeps, { repair: act, text }: Fault): Promise<string> {
  if (act === undefined) return `left: ${text}`;
  return (await mend(deps, act))
    ? `mended: ${text}`
    : 'left: it has changed meanwhile, check again';
}

function depsOf(target: Target): UpkeepDeps {
  const { cognito, client, userPoolId, accounts, names, pool } = target;
  const source = {
    cognito,
    client,
    userPoolId,
    accounts: target.table('Accounts'),
  };
  return {
    snapshot: () => snapshotOf(source),
    accounts,
    names,
    pool,
    commit: (writes) => target.database.commit(writes),
    now: Date.now,
  };
}
