/**
 * `ops check` reads a stage whole, page by page, and names what does not fit together: accounts,
 * their names and the user pool; devices, passkeys and registration codes; the last days of the
 * trail and its archive; messages that failed. `ops repair` mends what it can, as the nightly sweep
 * does.
 */
import {
  type Fault,
  faultsOf,
  lineOf,
  type Snapshot,
} from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import { log } from '../../lambdas/ground/platform/log.ts';
import { snapshotOf } from '../../lambdas/capabilities/upkeep/snapshot.client.ts';
import { lasting, mend, type UpkeepDeps } from '../../lambdas/capabilities/upkeep/upkeep.ts';
import { belongingFaults } from './belongings.ts';
import { deadLetterFaults } from './dead-letters.ts';
import { EXIT, type Output } from './output.ts';
import type { Target } from './target.ts';
import { trailFaults } from './trail/trail-faults.ts';

/** How far back the trail is read, unless `--since` says otherwise. */
const TRAIL_MS = 24 * 3_600_000;

/**
 * @param since ISO 8601: where the trail is read from; a day ago if it is absent
 * @returns the exit code: 0, or 3 if something does not fit together
 */
export async function check(
  target: Target,
  since: string | undefined,
  output: Output,
): Promise<number> {
  const from = since ?? new Date(target.now() - TRAIL_MS).toISOString();
  const faults = await lasting(async () => {
    const snapshot = await snapshotFor(target);
    const others = [
      await belongingFaults(target, snapshot),
      await trailFaults(target, from),
      await deadLetterFaults(target),
    ];
    return [...faultsOf(snapshot), ...others.flat()];
  });
  output.result(faults, faults.length === 0 ? 'Nothing was found.' : faults.map(lineOf).join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
}

/** @returns the exit code: 0, or 3 if something is left that needs a decision */
export async function repair(target: Target, output: Output): Promise<number> {
  const deps = depsOf(target);
  const done: { fault: string; subject: string; outcome: string }[] = [];
  for (const one of await lasting(async () => faultsOf(await snapshotFor(target))))
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

async function snapshotFor(target: Target): Promise<Snapshot> {
  const { cognito, client, userPoolId } = target;
  const accounts = target.table('Accounts');
  const snapshot = await snapshotOf({ cognito, client, userPoolId, accounts });
  return { ...snapshot, now: target.now() };
}

function depsOf(target: Target): UpkeepDeps {
  const { accounts, names, pool, audit } = target;
  return {
    accounts,
    names,
    pool,
    audit,
    log,
    commit: (writes) => target.database.commit(writes),
    now: () => target.now(),
  };
}
