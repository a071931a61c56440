/** A machine in a process of its own, with the sample people, until SIGTERM or its parent's end. */
import { addPeople, seedLocal } from '../../bin/seed-local.ts';
import { startLocal } from '../../local/local-stack.ts';

const [assembly = ''] = process.argv.slice(2);
const stack = await startLocal({ assembly, seed: seedLocal, addPeople });
const { endpoint, outputs, operatorCredentials } = stack;

process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', () => void stack.stop());
process.send?.({ endpoint, outputs, operatorCredentials });
