/**
 * `npm run verify:aws -- --stage S --email … --password …`: asks a sandbox stage whether AWS does
 * what the stack relies on, and prints what it does differently. Exit codes: 0 all as expected, 1
 * failed, 3 something differs.
 */
import { Command } from 'commander';
import { Target } from './ops/target.ts';
import { CLAIMS } from './verify/claims.ts';
import { type Stage, Visitor } from './verify/visitor.ts';

interface Options {
  stage: string;
  email: string;
  password: string;
}

const options = new Command('verify:aws')
  .description('Compare what AWS does with what the stack relies on. No message is sent.')
  .requiredOption('--stage <stage>', 'a stage for trials')
  .requiredOption('--email <email>', 'the address of an active account of that stage')
  .requiredOption('--password <password>', "the account's password")
  .parse()
  .opts<Options>();

async function stageOf({ stage, email, password }: Options): Promise<Stage> {
  const target = await Target.find(stage);
  const userPoolId = target.output('UserPoolId');
  const region = userPoolId.split('_')[0] ?? '';
  const local = process.env.AWS_ENDPOINT_URL;
  return {
    cognitoUrl: local ?? `https://cognito-idp.${region}.amazonaws.com`,
    apiUrl: apiUrlOf(target.output('ApiUrl'), local),
    userPoolId,
    clientId: target.output('UserPoolClientId'),
    email,
    password,
  };
}

/** On one machine the API is below the same port, in the path of its stage. */
function apiUrlOf(url: string, local: string | undefined): string {
  return local === undefined ? url : `${local}${new URL(url).pathname}`;
}

async function verify(stage: Stage): Promise<number> {
  const visitor = new Visitor(stage);
  let different = 0;
  for (const { claim, expected, observe } of CLAIMS) {
    const observed = await observe(visitor, stage);
    if (observed === expected) console.log(`AS EXPECTED ${claim}`);
    else {
      different += 1;
      console.log(`DIFFERENT   ${claim}: expected "${expected}", observed "${observed}"`);
    }
  }
  console.log(`${CLAIMS.length - different} of ${CLAIMS.length} as expected`);
  return different === 0 ? 0 : 3;
}

try {
  process.exitCode = await verify(await stageOf(options));
} catch (error) {
  console.error(`verify:aws: ${(error as Error).message}`);
  process.exitCode = 1;
}
