/** The last days of the trail: a proof is in it once, and the archive has what it has. */
import { type Fault, fault } from '../../../lambdas/capabilities/upkeep/faults.rules.ts';
import { ProofsSeen } from '../belongings.rules.ts';
import type { Target } from '../target.ts';
import { compareWithArchive } from './archive.ts';

/** Events wait for a minute before they are archived, and the index by day follows the table. */
const SETTLED_MS = 5 * 60_000;

/** @param from ISO 8601 */
export async function trailFaults(target: Target, from: string): Promise<Fault[]> {
  const proofs = new ProofsSeen();
  const to = new Date(target.now() - SETTLED_MS).toISOString();
  if (from >= to) return [];
  const { faults } = await compareWithArchive(target, { from, to }, (event) => proofs.see(event));
  const text = 'the archive and the trail differ: ops audit verify';
  return [
    ...proofs.faults,
    ...faults.map((one) => fault(one.fault.replace(' ', '_'), one.event, text)),
  ];
}
