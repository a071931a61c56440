/** The process that synthesizes stages for all test files. */
import { ended } from '../shared/ended.ts';
import { forked } from '../shared/forked.ts';
import type { Shared } from '../shared/shared.ts';

export interface StageOptions {
  stage: string;
  checks: boolean;
  outdir: string;
  bundles?: string;
  overrides?: object;
  /** Settings to leave out. */
  without?: string[];
}

export interface Outcome {
  succeeded: boolean;
  /** What synthesis wrote, its complaints included. */
  said: string;
}

export async function startSynthesis(): Promise<Shared<string>> {
  const { child, reachedBy } = await forked<string>('test/stack/synthesis-program.ts');
  return { reachedBy, stop: () => ended(child, 'The synthesis') };
}
