/** Token flows in the Flows table, by the hash of their token. */
import type { Clause, Transition } from '../../ground/platform/attributes.rules.ts';
import {
  change,
  check,
  create,
  type Database,
  erase,
  ttlOf,
  type Write,
} from '../../ground/platform/database.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import { flowKey, TOKEN_FLOW_REMEMBERED_MS, type TokenFlow } from './token-flow.rules.ts';
import { atTurn, nextTurn, type Step } from './token-flow.transitions.ts';
import type { TokenFlowsPort } from './token-flows.port.ts';

export class TokenFlowsStore<F extends TokenFlow> implements TokenFlowsPort<F> {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async get(tokenHash: string): Promise<F | undefined> {
    const item = await this.#database.read(this.#table, flowKey(tokenHash));
    return item === undefined ? undefined : recordIn<F>(item, 'pk', 'ttl');
  }

  open(flow: F): Write {
    const ttl = ttlOf(flow.expiresAt + TOKEN_FLOW_REMEMBERED_MS);
    return create(this.#table, flowKey(flow.tokenHash), { ...flow, ttl });
  }

  advance(
    flow: Pick<F, 'tokenHash' | 'turn' | 'language'>,
    step: Step<F>,
    lastRequest?: string,
  ): Write {
    return change(this.#table, flowKey(flow.tokenHash), nextTurn(flow, step, lastRequest));
  }

  apply(tokenHash: string, transition: Transition<TokenFlow>): Write {
    return change(this.#table, flowKey(tokenHash), transition);
  }

  erase(tokenHash: string): Write {
    return erase(this.#table, flowKey(tokenHash));
  }

  holds(flow: Pick<F, 'tokenHash' | 'turn'>, ...when: Clause[]): Write {
    return check(this.#table, flowKey(flow.tokenHash), ...atTurn(flow), ...when);
  }
}
