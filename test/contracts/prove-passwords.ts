/** A program: proves a password for each address in its arguments, and prints the outcomes as JSON, in their order. */
import { SrpPasswordProof } from '../../lambdas/capabilities/passwords/srp.client.ts';

const proof = new SrpPasswordProof('us-east-1_pool', 'the-public-client');
const outcomes = process.argv.slice(2).map(async (email) => {
  try {
    return await proof.proves('the secret password', email === 'nobody' ? undefined : email);
  } catch (error) {
    const { name, cause } = error as Error;
    return { name, cause: (cause as Error | undefined)?.name };
  }
});
console.log(JSON.stringify(await Promise.all(outcomes)));
