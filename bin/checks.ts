/**
 * Runs the checks that need no build side by side, and shows what each of them says once it ends.
 * It fails if one of them does.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Scripts of package.json, the longest first. */
const CHECKS = ['lint', 'test:imports', 'test:unused', 'test:format'];

interface Outcome {
  check: string;
  passed: boolean;
}

function run(check: string): Promise<Outcome> {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', check], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const passed = code === 0;
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`${passed ? '✓' : '✗'} ${check} (${seconds} s)`);
      if (!passed) console.log(said);
      resolve({ check, passed });
    });
  });
}

/** As many at a time as the machine has cores. */
async function runAll(): Promise<Outcome[]> {
  const waiting = [...CHECKS];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      outcomes.push(await run(check));
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, lane));
  return outcomes;
}

const failed = (await runAll()).filter(({ passed }) => !passed).map(({ check }) => check);
if (failed.length > 0) {
  console.error(`Failed: ${failed.map((check) => `npm run ${check}`).join(', ')}`);
  process.exitCode = 1;
}
