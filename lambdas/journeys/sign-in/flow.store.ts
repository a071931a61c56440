/** The sign-in flow as an item of Challenges, one for each flow. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Account, accountOf } from '../../capabilities/accounts/account.rules.ts';
import { accountKey } from '../../capabilities/accounts/accounts.store.ts';
import {
  absent,
  below,
  type Change,
  type Clause,
  either,
  exists,
  is,
} from '../../ground/platform/expressions.rules.ts';
import { change, read, readAll, type Write } from '../../ground/platform/dynamo.ts';
import {
  FLOW_LIFE_MS,
  FLOW_VERSION,
  flowOf,
  type RoundState,
  type SignInFlow,
  type StoredAnswer,
} from './flow.rules.ts';

const flowKey = (flowId: string) => ({ pk: `FLOW#${flowId}` });

export class SignInFlowStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #accountsTable: string;

  constructor(client: DynamoDBDocumentClient, tables: { challenges: string; accounts: string }) {
    this.#client = client;
    this.#table = tables.challenges;
    this.#accountsTable = tables.accounts;
  }

  async get(flowId: string): Promise<SignInFlow | undefined> {
    return flowOf(await read(this.#client, this.#table, flowKey(flowId)));
  }

  /** The flow and its account in one call. */
  async load(
    flowId: string,
    accountId: string,
  ): Promise<{ flow: SignInFlow | undefined; account: Account | undefined }> {
    const [flow, account] = await readAll(this.#client, [
      { table: this.#table, key: flowKey(flowId) },
      { table: this.#accountsTable, key: accountKey(accountId) },
    ]);
    return { flow: flowOf(flow), account: accountOf(account) };
  }

  /** Stores the first answer of a round, and makes the flow with the first answer of all; a second one is refused. */
  answer(
    state: RoundState,
    answer: StoredAnswer,
    now: number,
    changes: Change = {},
    ...when: Clause[]
  ): Write {
    const { flowId, accountId, epoch, round } = state;
    const base = {
      v: FLOW_VERSION,
      flowId,
      accountId,
      epoch,
      ttl: Math.ceil((now + FLOW_LIFE_MS) / 1000),
      answer,
    };
    return change(
      this.#table,
      flowKey(flowId),
      { ...changes, set: { ...base, ...changes.set } },
      either(absent('answer'), below('answer.round', round)),
      absent('deniedAt'),
      ...when,
    );
  }

  /** Settles the answer that was counted in `round`. */
  settle(state: RoundState, hash: string, changes: Change, ...when: Clause[]): Write {
    return change(
      this.#table,
      flowKey(state.flowId),
      changes,
      is('answer.round', state.round),
      is('answer.hash', hash),
      is('answer.outcome', 'COUNTED'),
      absent('deniedAt'),
      ...when,
    );
  }

  /** Changes the flow while its last answer is still that of `answeredRound`. */
  change(flowId: string, answeredRound: number, changes: Change, ...when: Clause[]): Write {
    return change(
      this.#table,
      flowKey(flowId),
      changes,
      is('answer.round', answeredRound),
      ...when,
    );
  }

  /** The callee did not ask for the call: the flow is over. */
  deny(flowId: string, now: number): Write {
    return change(this.#table, flowKey(flowId), { set: { deniedAt: now } }, exists('answer'));
  }
}
