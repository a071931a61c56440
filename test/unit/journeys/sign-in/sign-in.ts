/**
 * A sign-in as Cognito conducts it: define decides over the history, create presents, verify
 * judges, the gate issues.
 */
import type { ChallengeParameters } from '../../../../contract/challenges.ts';
import { answer } from '../../../../lambdas/journeys/sign-in/answer.ts';
import type { AnswerDeps } from '../../../../lambdas/journeys/sign-in/answering.ts';
import type { Presentation } from '../../../../lambdas/journeys/sign-in/flow.rules.ts';
import { SignInFlowsStore } from '../../../../lambdas/journeys/sign-in/flows.store.ts';
import { GrantsStore } from '../../../../lambdas/journeys/sign-in/grants.store.ts';
import { present, type PresentDeps } from '../../../../lambdas/journeys/sign-in/present.ts';
import {
  decide,
  type HistoryEntry,
  readStamp,
  writeStamp,
} from '../../../../lambdas/journeys/sign-in/sign-in.rules.ts';
import {
  decideTokens,
  type GateDecision,
  type GateDeps,
  type TokenSource,
} from '../../../../lambdas/journeys/sign-in/token-gate.ts';
import type { Backend } from '../../../fakes/backend.ts';
import { CLIENT_ID } from '../../../fakes/builders.ts';

/** What the client calls this sign-in. */
export const ATTEMPT_ID = '0b9f6c1e-7d3a-4c52-9e11-5a2b7c8d9e0f';

const flowsOf = ({ database }: Backend) =>
  new SignInFlowsStore(database, { challenges: 'challenges', accounts: 'accounts' });

function presentDeps(backend: Backend): PresentDeps {
  const { settings, clock, passkeys } = backend;
  const termsUrl = 'https://api.example/terms/current';
  const flows = flowsOf(backend);
  return { ...backend.shared, flows, passkeys, settings, termsUrl, sleep: clock.sleep };
}

function answerDeps(backend: Backend): AnswerDeps {
  const { settings, devices, tickets, acceptances, passkeys, passkeyChallenges } = backend;
  return {
    ...backend.shared,
    flows: flowsOf(backend),
    settings,
    devices,
    tickets,
    acceptances,
    passkeys,
    passkeyChallenges,
  };
}

export function gateDeps(backend: Backend): GateDeps {
  const { accounts, settings, now, database } = backend;
  const grants = new GrantsStore(database, 'accounts');
  return { grants, accounts, settings, now, clientId: async () => CLIENT_ID };
}

const PASSWORD_PROVEN: HistoryEntry[] = [
  { challengeName: 'SRP_A', challengeResult: true },
  { challengeName: 'PASSWORD_VERIFIER', challengeResult: true },
];

export class SignIn {
  readonly history: HistoryEntry[];
  /** What Cognito decides after the last answer: the next challenge, tokens, or the end. */
  next: ReturnType<typeof decide>;
  #shown: Presentation | undefined;
  readonly #backend: Backend;
  readonly #accountId: string | undefined;

  private constructor(backend: Backend, accountId: string | undefined, history: HistoryEntry[]) {
    this.#backend = backend;
    this.#accountId = accountId;
    this.history = history;
    this.next = decide(history, accountId === undefined);
  }

  /** The password is proven; the first challenge is shown. */
  static async afterPassword(backend: Backend, accountId = 'account-1'): Promise<SignIn> {
    const signIn = new SignIn(backend, accountId, [...PASSWORD_PROVEN]);
    await signIn.show();
    return signIn;
  }

  /** No password: by a remembered device or a ticket. */
  static async withoutPassword(
    backend: Backend,
    accountId: string | undefined = 'account-1',
  ): Promise<SignIn> {
    const signIn = new SignIn(backend, accountId, []);
    await signIn.show();
    return signIn;
  }

  /** A user that Cognito does not have. */
  static async ofNobody(backend: Backend): Promise<SignIn> {
    const signIn = new SignIn(backend, undefined, []);
    await signIn.show();
    return signIn;
  }

  get shown(): Presentation {
    if (this.#shown === undefined) throw new Error('No challenge is shown.');
    return this.#shown;
  }

  /** What the client sees. */
  get parameters(): ChallengeParameters {
    return this.shown.parameters;
  }

  get flowId(): string {
    return this.shown.state.flowId;
  }

  /** Create runs for the round that follows, also a second time. */
  async show(): Promise<Presentation> {
    const last = this.history.at(-1);
    const stamp = readStamp(last?.challengeMetadata);
    const shown = await present(presentDeps(this.#backend), {
      accountId: this.#accountId,
      round: this.history.length,
      last: stamp === undefined ? undefined : { stamp, right: last?.challengeResult === true },
    });
    this.#shown = shown;
    return shown;
  }

  /** Verify alone: true for a proof. Cognito may call it twice. */
  async judge(given: unknown): Promise<boolean> {
    return answer(answerDeps(this.#backend), {
      // As it is after its way through Cognito.
      state: JSON.parse(JSON.stringify(this.shown.state)) as Presentation['state'],
      answerKey: `key of round ${this.history.length}`,
      answer: typeof given === 'string' ? given : JSON.stringify(given),
      clientId: CLIENT_ID,
      attemptId: ATTEMPT_ID,
    });
  }

  /** Define decides over the outcome of an answer. */
  settle(right: boolean): void {
    this.history.push({
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: right,
      challengeMetadata: writeStamp(this.shown.stamp),
    });
    this.next = decide(this.history, this.#accountId === undefined);
  }

  /** Answers, and shows the challenge that follows if one does. */
  async answer(given: unknown): Promise<boolean> {
    const right = await this.judge(given);
    this.settle(right);
    if (this.next.next === 'CUSTOM_CHALLENGE') await this.show();
    return right;
  }

  /** The token gate. */
  async tokens(source: TokenSource = 'SIGN_IN', clientId = CLIENT_ID): Promise<GateDecision> {
    return decideTokens(gateDeps(this.#backend), { source, accountId: this.#accountId, clientId });
  }
}
