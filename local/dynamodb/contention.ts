import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsError } from '../gateway/aws-error.ts';
import { cancelledBy, CONFLICT, conflictOf, NO_REASON } from '../gateway/transaction-conflict.ts';

/** Table name → the names of its key attributes. */
export type Keys = ReadonlyMap<string, readonly string[]>;

/** The items that a write names, one string for each. */
type Items = readonly string[];
type Attributes = Record<string, unknown>;

interface Entry {
  TableName?: string;
  Item?: Attributes;
  Key?: Attributes;
}

const SINGLE_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const TRANSACTIONS = new Set(['TransactWriteItems', 'TransactGetItems']);

/**
 * Holds the items of a transaction for a time, as DynamoDB does while it commits one. What needs a
 * held item meanwhile is refused: a transaction with TransactionCanceledException, a single write
 * with TransactionConflictException. Reads and batches are not affected.
 */
export class Contention {
  readonly #keys: Keys;
  readonly #holdMs: number;
  readonly #held = new Set<string>();

  /** @param holdMs how long a transaction holds its items; 0 does nothing */
  constructor(keys: Keys, holdMs: number) {
    this.#keys = keys;
    this.#holdMs = holdMs;
  }

  /** @throws AwsError where another transaction holds an item */
  async around<T>(
    operation: string,
    readInput: () => Attributes,
    run: () => Promise<T>,
  ): Promise<T> {
    if (this.#holdMs === 0) return await run();
    const input = readInput();
    if (SINGLE_WRITES.has(operation) && this.#isHeld(this.#itemOf(input)))
      throw conflictOf(operation, input);
    if (!TRANSACTIONS.has(operation)) return await run();
    const items = this.#itemsOf(input);
    if (items.some((item) => this.#isHeld(item))) throw this.#cancelled(items);
    return operation === 'TransactGetItems' ? await run() : await this.#holding(items, run);
  }

  async #holding<T>(items: Items, run: () => Promise<T>): Promise<T> {
    for (const item of items) this.#held.add(item);
    try {
      await sleep(this.#holdMs);
      return await run();
    } finally {
      for (const item of items) this.#held.delete(item);
    }
  }

  #isHeld(item: string): boolean {
    return this.#held.has(item);
  }

  #itemsOf({ TransactItems }: Attributes): Items {
    const entries = Array.isArray(TransactItems) ? (TransactItems as Record<string, Entry>[]) : [];
    return entries.flatMap((entry) => Object.values(entry).map((one) => this.#itemOf(one)));
  }

  /** An unknown table has items too: the engine is the one to refuse it. */
  #itemOf({ TableName = '', Item, Key }: Entry): string {
    const attributes = Key ?? Item ?? {};
    const names = this.#keys.get(TableName.split('/').at(-1) ?? '') ?? Object.keys(attributes);
    return JSON.stringify([TableName, ...names.map((name) => attributes[name])]);
  }

  #cancelled(items: Items): AwsError {
    const reasons = items.map((item) => (this.#isHeld(item) ? CONFLICT : NO_REASON));
    return cancelledBy(reasons);
  }
}
