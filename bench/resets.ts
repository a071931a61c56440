/**
 * Three hundred people who forgot their passwords at the same moment. Each answer is held to the
 * same time, whether or not the address is known, so that functions are busy while they wait:
 * environments must grow with them.
 */
import { type Result, type Scenario, startLocally } from './measure.ts';

const PEOPLE = 300;
const KNOWN = ['pat.phone', 'erin.email', 'ada.admin'].map((name) => `${name}@cedargrove.example`);
const WITHIN_S = 10;

export const resets: Scenario = {
  title: `${PEOPLE} password resets at once`,
  async run() {
    const local = await startLocally();
    try {
      const ask = async (person: number): Promise<number> => {
        const { status } = await fetch(`${local.outputs.apiUrl}/password-resets`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: KNOWN[person] ?? `nobody${person}@cedargrove.example` }),
        });
        return status;
      };
      const started = performance.now();
      const statuses = await Promise.all(Array.from({ length: PEOPLE }, (_, each) => ask(each)));
      const seconds = (performance.now() - started) / 1_000;
      return [answered(statuses), within(seconds)];
    } finally {
      await local.stop();
    }
  },
};

function answered(statuses: number[]): Result {
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
  const [taken, refused] = [count(201), count(429)];
  return {
    what: 'answered 201, 429, and otherwise',
    value: `${taken}, ${refused}, ${PEOPLE - taken - refused}`,
    aim: 'none otherwise',
    met: taken + refused === PEOPLE,
  };
}

function within(seconds: number): Result {
  return {
    what: 'until the last of them is answered',
    value: `${seconds.toFixed(1)} s`,
    aim: `≤ ${WITHIN_S} s`,
    met: seconds <= WITHIN_S,
  };
}
