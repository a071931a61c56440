/** Invoked by a schedule of EventBridge, which repeats it where it throws. */
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { sweep } from './sweep.ts';
import { wireSweep } from './upkeep.wiring.ts';

const wired = once(wireSweep);

export async function handler(): Promise<void> {
  try {
    await sweep(wired());
  } catch (error) {
    log('ERROR', 'SWEEP_FAILED', errorFields(error));
    throw error;
  }
}
