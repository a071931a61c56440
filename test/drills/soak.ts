/**
 * A month of a crowd: people act at once while calls fail, the clock moves on, and the machine is
 * killed in the middle of its work. At rest, everything fits together.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from '../journeys/clients/machine.ts';
import { ACTS, actsOf, ADMIN_ACTS, ended } from './acts.ts';
import { crowdOf, type Member, seedOf } from './crowd.ts';
import { MODES } from './fault-matrix.ts';
import { deadOwnersOn, lastFailure, violations } from './invariants.ts';
import { KillableMachine } from './killable.ts';
import { misfits } from './misfits.ts';
import { type Random, randomOf, shuffled } from './random.ts';
import type { Act } from './sign-in-acts.ts';

export interface SoakPlan {
  seed: number;
  /** People who act at once, once each, and then the clock moves. */
  rounds: number;
  /** The soak ends earlier where this time of `performance.now` has come. */
  until: number;
  /** The number of rounds after which the machine is killed in the next one. */
  killEvery: number;
}

export interface Soaked {
  /** How often each act ended in each way. */
  outcomes: ReadonlyMap<string, number>;
  acts: number;
  faults: number;
  kills: number;
  days: number;
  /** MB after the first round and after the last one. */
  memory: (number | undefined)[];
  /** What does not fit together, in words. */
  violations: string[];
}

const AT_ONCE = 8;
const HOUR = 3_600;
const LONGEST_MOVE_HOURS = 40;

export async function soak(plan: SoakPlan): Promise<Soaked> {
  const killable = await KillableMachine.start();
  try {
    return await new Soak(killable, plan).run();
  } finally {
    await killable.stop();
  }
}

class Soak {
  readonly #killable: KillableMachine;
  readonly #plan: SoakPlan;
  readonly #random: Random;
  readonly #crowd = crowdOf({ registered: 16, imported: 8, newcomers: 8 });
  readonly #outcomes = new Map<string, number>();
  readonly #violations: string[] = [];
  /** `registration dynamodb:GetItem`: what functions have called. */
  readonly #calls = new Set<string>();
  readonly #counts = { acts: 0, faults: 0, kills: 0 };

  constructor(killable: KillableMachine, plan: SoakPlan) {
    this.#killable = killable;
    this.#plan = plan;
    this.#random = randomOf(plan.seed);
  }

  get #machine(): Machine {
    return this.#killable.machine;
  }

  async run(): Promise<Soaked> {
    await this.#machine.local('POST', 'seed', seedOf(this.#crowd));
    const start = await this.#machine.now();
    const memory: (number | undefined)[] = [];
    for (let round = 1; round <= this.#plan.rounds; round += 1) {
      if (performance.now() > this.#plan.until) break;
      const isKilled = round % this.#plan.killEvery === 0;
      await this.#round(round, isKilled);
      if (round === 1) memory.push(await this.#killable.memory());
    }
    await this.#atRest();
    this.#violations.push(...(await violations(this.#machine, this.#crowd)));
    memory.push(await this.#killable.memory());
    const days = Math.round(((await this.#machine.now()) - start) / (24 * HOUR * 1000));
    const { acts, faults, kills } = this.#counts;
    const outcomes = this.#outcomes;
    return { outcomes, acts, faults, kills, days, memory, violations: this.#violations };
  }

  async #round(round: number, isKilled: boolean): Promise<void> {
    if (round > 1) await this.#breakSomething();
    const [first, ...others] = shuffled(this.#crowd, this.#random.below(1e9)).slice(0, AT_ONCE);
    const acts = [
      this.#acts(first as Member, Object.keys(ADMIN_ACTS), isKilled),
      ...others.map((member) => this.#acts(member, actsOf(member), isKilled)),
    ];
    if (isKilled) {
      await pause(100 + this.#random.below(1_500));
      await this.#killable.kill();
      this.#counts.kills += 1;
    }
    await Promise.all(acts);
    if (isKilled) await this.#killable.startAgain();
    await this.#machine.clearFaults();
    const calls = (await this.#machine.local('GET', 'aws-calls')) as object;
    for (const call of Object.keys(calls)) this.#calls.add(call);
    this.#violations.push(...(await deadOwnersOn(this.#machine)));
    await this.#machine.advance(HOUR + this.#random.below(LONGEST_MOVE_HOURS * HOUR));
  }

  async #breakSomething(): Promise<void> {
    const [functionId = '', called = ''] = this.#random.one([...this.#calls]).split(' ');
    const [service, operation] = called.split(':');
    const mode = this.#random.one(Object.values(MODES));
    const times = Math.min(mode.times, 1 + this.#random.below(4));
    await this.#machine.fault({ function: functionId, service, operation, ...mode, times });
    this.#counts.faults += 1;
  }

  async #acts(member: Member, names: readonly string[], mayBeLost: boolean): Promise<void> {
    const name = this.#random.one(names);
    const act = (ACTS[name] ?? ADMIN_ACTS[name]) as Act;
    const scene = { machine: this.#machine, member, random: this.#random };
    this.#counts.acts += 1;
    const outcome = await ended(act, scene).catch((error: Error) => {
      // What fetch throws where the connection ends.
      if (mayBeLost && error.name === 'TypeError') return 'lost';
      throw new Error(`${member.username} ${name}: ${error.message}`, { cause: error });
    });
    const what = `${name}: ${outcome}`;
    this.#outcomes.set(what, (this.#outcomes.get(what) ?? 0) + 1);
    if (/^500|InternalError/.test(outcome))
      this.#violations.push(`${member.username} ${what} (${await lastFailure(this.#machine)})`);
  }

  /** After a night, in which the sweep has mended what kills and faults left. */
  async #atRest(): Promise<void> {
    await this.#machine.advance(25 * HOUR);
    const patience = performance.now() + 30_000;
    while ((await misfits(this.#machine)).length > 0 && performance.now() < patience)
      await pause(200);
  }
}
