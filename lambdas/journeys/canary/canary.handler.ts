/** Invoked by a schedule of EventBridge. A run that fails is a line with a metric, not an error. */
import { once } from '../../ground/platform/once.ts';
import { runCanary } from './canary.ts';
import { wireCanary } from './canary.wiring.ts';

const wired = once(wireCanary);

export async function handler(): Promise<void> {
  await runCanary(wired());
}
