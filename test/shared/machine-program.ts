/**
 * A machine in a process of its own, with the sample people, until SIGTERM or its parent's end.
 * Arguments: the assembly, and where wanted a directory for its data and a port.
 */
import { addPeople, seedLocal } from '../../bin/seed-local.ts';
import { definite } from '../../local/definite.ts';
import { startLocal } from '../../local/local-stack.ts';

const [assembly = '', data, port] = process.argv.slice(2);
const stack = await startLocal({
  assembly,
  seed: seedLocal,
  addPeople,
  ...definite({ data, port: port === undefined ? undefined : Number(port) }),
});
const { endpoint, outputs, operatorCredentials } = stack;

process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', () => void stack.stop());
process.send?.({ endpoint, outputs, operatorCredentials });
