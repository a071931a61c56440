/** Token flows in the Flows table, by the hash of their token. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { change, check, type Item, put, read, type Write } from '../../ground/platform/dynamo.ts';
import {
  absent,
  type Change,
  type Clause,
  exists,
  is,
} from '../../ground/platform/expressions.rules.ts';
import { TOKEN_FLOW_REMEMBERED_MS, type TokenFlow } from './token-flow.rules.ts';

const flowKey = (tokenHash: string) => ({ pk: `TOKEN#${tokenHash}` });
const idKey = (flowId: string) => ({ pk: `FLOWID#${flowId}` });

export class TokenFlowsStore<F extends TokenFlow> {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(tokenHash: string): Promise<F | undefined> {
    return flowOf<F>(await read(this.#client, this.#table, flowKey(tokenHash)));
  }

  /** A new flow, and the pointer by which a call or a queued message finds it. */
  open(flow: F): Write[] {
    const ttl = Math.ceil((flow.expiresAt + TOKEN_FLOW_REMEMBERED_MS) / 1000);
    return [
      put(
        this.#table,
        { ...flowKey(flow.tokenHash), ...(flow as TokenFlow as unknown as Item), ttl },
        absent('pk'),
      ),
      put(this.#table, { ...idKey(flow.flowId), tokenHash: flow.tokenHash, ttl }, absent('pk')),
    ];
  }

  /** Takes the flow one turn on; of two steps at once one wins. */
  advance(
    { tokenHash, turn }: Pick<F, 'tokenHash' | 'turn'>,
    changes: Change,
    ...when: Clause[]
  ): Write {
    return change(
      this.#table,
      flowKey(tokenHash),
      { ...changes, set: { ...changes.set, turn: turn + 1 } },
      is('turn', turn),
      absent('deniedAt'),
      ...when,
    );
  }

  /** Holds only while the flow is at this turn; changes nothing. */
  holds({ tokenHash, turn }: Pick<F, 'tokenHash' | 'turn'>): Write {
    return check(this.#table, flowKey(tokenHash), is('turn', turn), absent('deniedAt'));
  }

  /** Changes what no step turns on: attempts, a code that the queue sent. */
  amend(tokenHash: string, changes: Change, ...when: Clause[]): Write {
    return change(
      this.#table,
      flowKey(tokenHash),
      changes,
      exists('turn'),
      absent('deniedAt'),
      ...when,
    );
  }

  async byFlowId(flowId: string): Promise<F | undefined> {
    const pointer = await read(this.#client, this.#table, idKey(flowId));
    return pointer === undefined ? undefined : this.get(pointer.tokenHash as string);
  }

  /** The callee did not ask for the call: the flow is over. */
  deny(tokenHash: string, now: number): Write {
    return change(this.#table, flowKey(tokenHash), { set: { deniedAt: now } }, exists('turn'));
  }
}

function flowOf<F extends TokenFlow>(item: Item | undefined): F | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, ttl: _ttl, ...flow } = item;
  return flow as unknown as F;
}
