/**
 * What people do in a stage of 200 accounts and in one of 200,000, in turn: whatever reads by key
 * or by an index takes as long in both.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Employee, HANA } from '../test/journeys/clients/employee.ts';
import { keepTheSweepOut } from '../test/journeys/clients/half-done.ts';
import { ADA, Machine, PASSWORD } from '../test/journeys/clients/machine.ts';
import { loadPeople } from '../test/journeys/clients/many-people.ts';
import { PortalUser } from '../test/journeys/clients/portal-user.ts';
import { CEDAR } from '../test/journeys/clients/registrant.ts';
import {
  type LocalRun,
  median,
  ratio,
  type Result,
  type Scenario,
  startLocally,
} from './measure.ts';
import { LEE, nextQuarter, signInByEmail } from './sign-in-client.ts';

const FEW = 200;
const MANY = 200_000;
const ROUNDS = 64;
/** After how many rounds limits start afresh and tokens are renewed. */
const A_DAY = 8;
const WARM_UP = 8;
const LOADED_WITHIN_S = 300;

const ACTS = [
  'a sign-in',
  "a page of an admin's list",
  'a find of the help desk',
  'a page of a trail',
];

/** A stage, and who works in it. */
class Stage {
  readonly #run: LocalRun;
  readonly #machine: Machine;
  #admin = '';
  #employee = '';

  constructor(run: LocalRun) {
    this.#run = run;
    this.#machine = machineOf(run);
  }

  /** A new day: the limits start afresh, and everybody signs in. */
  async begin(): Promise<void> {
    // On one machine the sweep and the people share an engine, which on AWS they do not.
    await keepTheSweepOut(this.#machine);
    await nextQuarter(this.#run);
    const ada = new PortalUser(this.#machine, ADA.email);
    this.#admin = (await ada.signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
    this.#employee = (await new Employee(this.#machine).signIn(HANA)).access_token;
  }

  /** Does everything once. @returns milliseconds, in the order of ACTS */
  async doAll(): Promise<number[]> {
    return [
      await timed(() => signInByEmail(this.#run, LEE)),
      await timed(() => this.#get('/admin/users?search=many', this.#admin)),
      await timed(() =>
        this.#get('/help-desk/users?email=many000042@cedargrove.example', this.#employee),
      ),
      await timed(() => this.#get(`/admin/users/${ADA.username}/events`, this.#admin)),
    ];
  }

  async #get(path: string, token: string): Promise<void> {
    const { status } = await this.#machine.api('GET', path, undefined, token);
    if (status !== 200) throw new Error(`${path} was answered ${status}.`);
  }
}

function machineOf({ endpoint, outputs, operator, stop }: LocalRun): Machine {
  const operatorCredentials = { accessKeyId: operator.id, secretAccessKey: operator.secret };
  return new Machine({ endpoint, outputs, operatorCredentials, stop });
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function filled(people: number): Promise<{ run: LocalRun; seconds: number }> {
  const run = await startLocally();
  const started = performance.now();
  await loadPeople(machineOf(run).stack, people, CEDAR.npi);
  return { run, seconds: (performance.now() - started) / 1_000 };
}

async function compare(few: Stage, many: Stage): Promise<Result[]> {
  const times: [number[], number[]][] = ACTS.map(() => [[], []]);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % A_DAY === 0) await Promise.all([few.begin(), many.begin()]);
    // Whoever goes first does so in every other round only.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const which of order) {
      const taken = await (which === 0 ? few : many).doAll();
      if (round >= WARM_UP) taken.forEach((ms, act) => times[act]?.[which]?.push(ms));
      await sleep(20);
    }
  }
  return ACTS.map((act, index) => {
    const [ofFew = [], ofMany = []] = times[index] ?? [];
    const [a, b] = [median(ofFew), median(ofMany)];
    return {
      what: `${act}, ${a.toFixed(0)} and ${b.toFixed(0)} ms`,
      aim: '≤ 1.1 ×',
      ...ratio(b / a, 1.1),
    };
  });
}

export const scale: Scenario = {
  title: `${MANY} accounts, beside ${FEW}`,
  async run() {
    const few = await filled(FEW);
    const many = await filled(MANY);
    try {
      const { seconds } = many;
      return [
        {
          what: `loading ${MANY} people`,
          value: `${seconds.toFixed(0)} s`,
          aim: `≤ ${LOADED_WITHIN_S} s`,
          met: seconds <= LOADED_WITHIN_S,
        },
        ...(await compare(new Stage(few.run), new Stage(many.run))),
      ];
    } finally {
      await few.run.stop();
      await many.run.stop();
    }
  },
};
