/**
 * Calls in the table Challenges: the call itself, the number that it occupies, and an entry by
 * which Connect's contact ID finds it.
 */
import {
  change,
  create,
  type Database,
  put,
  ttlOf,
  type Write,
} from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { Call, CalledNumber, OwnerOfCall } from './call.rules.ts';
import {
  bindContact,
  CALL_MOVES,
  type CallMove,
  type CallTransition,
  confirm,
  denyFlow,
  denyNumber,
  mayTake,
  useConfirmation,
} from './call.transitions.ts';
import type { CallsPort } from './calls.port.ts';

const callKey = (callId: string) => ({ pk: `CALL#${callId}` });
const numberKey = (phone: string) => ({ pk: `NUMBER#${sha256(phone)}` });
const contactKey = (contactId: string) => ({ pk: `CONTACT#${contactId}` });

/** A call is kept this long after its end, so that late events find it. */
const KEPT_MS = HOUR_MS;

export interface CallTables {
  challenges: string;
  /** Where flows that a bearer token carries are kept: for the function that ends flows. */
  flows?: string;
}

export class CallsStore implements CallsPort {
  readonly #database: Database;
  readonly #tables: CallTables;
  readonly #table: string;

  constructor(database: Database, tables: CallTables) {
    this.#database = database;
    this.#tables = tables;
    this.#table = tables.challenges;
  }

  async get(callId: string): Promise<Call | undefined> {
    const item = await this.#database.read(this.#table, callKey(callId));
    return item === undefined ? undefined : recordIn<Call>(item, 'pk', 'ttl');
  }

  async byContact(contactId: string): Promise<Call | undefined> {
    const pointer = await this.#database.read(this.#table, contactKey(contactId));
    return pointer === undefined ? undefined : this.get(pointer.callId as string);
  }

  async ofNumber(phone: string): Promise<{ number?: CalledNumber; last?: Call }> {
    const item = await this.#database.read(this.#table, numberKey(phone));
    if (item === undefined) return {};
    const number = recordIn<CalledNumber>(item, 'pk', 'ttl');
    return definite({ number, last: await this.get(number.callId) });
  }

  place(call: Call, seen: string | undefined): Write[] {
    const ttl = ttlOf(call.expiresAt + KEPT_MS);
    const { callId, phone } = call;
    return [
      create(this.#table, callKey(callId), { ...call, ttl }),
      put(this.#table, { ...numberKey(phone), callId, ttl }, ...mayTake(call, seen)),
    ];
  }

  async bind(callId: string, contactId: string, now: number): Promise<void> {
    await this.#database.commit([
      this.#apply(callId, bindContact(contactId)),
      put(this.#table, {
        ...contactKey(contactId),
        callId,
        ttl: ttlOf(now + KEPT_MS),
      }),
    ]);
  }

  async move(callId: string, to: CallMove, ...writes: Write[]): Promise<boolean> {
    const moved = this.#apply(callId, CALL_MOVES[to]);
    return (await this.#database.commit([moved, ...writes])).done;
  }

  confirm(call: Pick<Call, 'callId' | 'phone'>, contactId: string, now: number): Write {
    return this.#apply(call.callId, confirm(call, contactId, now));
  }

  use({ callId }: Call, owner: OwnerOfCall, now: number): Write {
    return this.#apply(callId, useConfirmation(owner, now));
  }

  deny({ flow, phone }: Call, until: number, now: number): Write[] {
    const table = flow.table === 'CHALLENGES' ? this.#table : this.#tables.flows;
    if (table === undefined)
      throw new Error('This function ends no flows of the Flows table: give CallsStore its name.');
    return [
      change(table, { pk: flow.pk }, denyFlow(now)),
      change(this.#table, numberKey(phone), denyNumber(until)),
    ];
  }

  #apply(callId: string, transition: CallTransition): Write {
    return change(this.#table, callKey(callId), transition);
  }
}
