/** A program: proves a password for each address in its arguments, and prints the outcomes as JSON, in their order. */
import { SrpPasswordProof } from '../../lambdas/capabilities/passwords/srp.client.ts';

const proof = new SrpPasswordProof('us-east-1_pool', 'the-public-client');
const outcomes: unknown[] = [];
// One after the other: the arithmetic of one would use up the time that another's request has.
for (const email of process.argv.slice(2)) {
  try {
    const proven = await proof.proves(
      'the secret password',
      email === 'nobody' ? undefined : email,
    );
    outcomes.push(proven);
  } catch (error) {
    const { name, cause } = error as Error;
    outcomes.push({ name, cause: (cause as Error | undefined)?.name });
  }
}
console.log(JSON.stringify(outcomes));
