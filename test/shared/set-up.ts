/** Before any test: builds the stack, if a source is newer, and lets files share programs. */
import buildStack from '../built-stack.ts';
import { startSynthesis } from '../stack/synthesis.ts';
import { startMachine } from './machine.ts';
import { openShared } from './shared.ts';

export default async function setUp(): Promise<void> {
  buildStack();
  await openShared({ machine: startMachine, synthesis: startSynthesis });
}
