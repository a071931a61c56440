/** Before any test: builds the stack, if a source is newer, and lets files share a machine. */
import buildStack from '../built-stack.ts';
import { startMachine } from './machine.ts';
import { openShared } from './shared.ts';

export default async function setUp(): Promise<void> {
  buildStack();
  await openShared(startMachine);
}
