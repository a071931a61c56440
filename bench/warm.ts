/**
 * Our own share of a warm invocation: what define does, and what verify does around its AWS calls.
 * The measured answer needs no AWS call.
 */
import { join } from 'node:path';
import { median, type Result, ROOT, type Scenario } from './measure.ts';

const BATCHES = 40;
const CALLS = 250;

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  PORTAL_SETTINGS: '{"rememberDeviceHours":4}',
  ACCOUNTS_TABLE: 'bench',
  CHALLENGES_TABLE: 'bench',
  AUDIT_EVENTS_TABLE: 'bench',
  REMEMBERED_DEVICES_TABLE: 'bench',
  FLOWS_TABLE: 'bench',
  TERMS_ACCEPTANCES_TABLE: 'bench',
  CODE_KEY_ID: 'bench',
};

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export const warm: Scenario = {
  title: 'Our own share of a warm invocation',
  async run() {
    Object.assign(process.env, ENVIRONMENT);
    const stamp = `1.${'A'.repeat(22)}.CHOOSE_FACTOR.TOKENS.AGAIN`;
    const custom = {
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: false,
      challengeMetadata: stamp,
    };
    const session = [
      { challengeName: 'SRP_A', challengeResult: true },
      { challengeName: 'PASSWORD_VERIFIER', challengeResult: true },
      custom,
      custom,
    ];
    const state = JSON.stringify({
      flowId: 'A'.repeat(22),
      round: 2,
      challenge: 'REGISTRATION_INCOMPLETE',
      accountId: 'a',
      epoch: 1,
      right: 'NOTHING',
    });
    return [
      await measure('define', () => ({ request: { session, userAttributes: {} }, response: {} })),
      await measure('verify', () => ({
        request: {
          privateChallengeParameters: { state, answerKey: 'key' },
          challengeAnswer: '{"code":"123456"}',
        },
        response: {},
        callerContext: { clientId: 'bench' },
      })),
    ];
  },
};

async function measure(name: string, event: () => unknown): Promise<Result> {
  const { handler } = (await import(join(ROOT, 'dist', name, 'index.mjs'))) as { handler: Handler };
  const { log } = console;
  console.log = () => undefined;
  const micros: number[] = [];
  try {
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const started = performance.now();
      for (let call = 0; call < CALLS; call += 1) await handler(event(), {});
      micros.push(((performance.now() - started) * 1_000) / CALLS);
    }
  } finally {
    console.log = log;
  }
  const share = median(micros.slice(BATCHES / 4));
  return {
    what: `${name}: parse, rules, middleware, log line`,
    value: `${share.toFixed(0)} µs`,
    aim: '≤ 100 µs',
    met: share <= 100,
  };
}
