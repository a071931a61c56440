/** Every night, finds and mends what unfinished steps, restores and manual changes left behind. */
import { errorFields } from '../../ground/platform/log.ts';
import { type Fault, faultsOf, type Snapshot } from './faults.rules.ts';
import { lasting, mend, type UpkeepDeps } from './upkeep.ts';

/** What requests leave behind in an outage, however many; mending it deletes nothing. */
const OF_REQUESTS: readonly (string | undefined)[] = ['SIGN_OUT', 'RECORD_PASSWORD', undefined];

/**
 * More of the others than this points to a restore or a wrong table and not to requests, and
 * mending by itself would delete what is still needed: then everything is left to a person.
 */
export const MOST_MENDED = 20;

/** Faults that have a line of their own; the last line counts all of them. */
const MOST_NAMED = 100;

/** What can be mended comes first. */
const inOrder = (faults: readonly Fault[]): Fault[] => [
  ...faults.filter(({ repair }) => repair !== undefined),
  ...faults.filter(({ repair }) => repair === undefined),
];

export interface SweepDeps extends UpkeepDeps {
  /** Reads everything that is compared. */
  snapshot: () => Promise<Snapshot>;
}

export interface Sweep {
  faults: number;
  mended: number;
}

/** Writes a line for each of the first hundred faults, and one for the whole. */
export async function sweep(deps: SweepDeps): Promise<Sweep> {
  const faults = await lasting(async () => faultsOf(await deps.snapshot()));
  const others = faults.filter(({ repair }) => !OF_REQUESTS.includes(repair?.act));
  const mayMend = others.length <= MOST_MENDED;
  let mended = 0;
  for (const one of inOrder(faults).slice(0, MOST_NAMED))
    if (await attend(deps, one, mayMend)) mended += 1;
  const left = faults.length - mended;
  const counts = {
    faults: faults.length,
    mended,
    left,
  };
  if (left === 0) deps.log('INFO', 'SWEPT', counts);
  else deps.log('WARN', 'FAULTS_LEFT', { ...counts, mayMend });
  return { faults: faults.length, mended };
}

/** One that fails does not keep the others from being mended. */
async function attend(
  deps: SweepDeps,
  { fault, accountId: account, repair }: Fault,
  mayMend: boolean,
): Promise<boolean> {
  const act = mayMend ? repair : undefined;
  try {
    const isMended = act !== undefined && (await mend(deps, act));
    deps.log(isMended ? 'INFO' : 'WARN', isMended ? 'FAULT_MENDED' : 'FAULT_FOUND', {
      fault,
      account,
      act: repair?.act,
    });
    return isMended;
  } catch (error) {
    deps.log('ERROR', 'FAULT_NOT_MENDED', {
      fault,
      account,
      ...errorFields(error),
    });
    return false;
  }
}
