/** Calls in the Challenges table: the call, the number that has it live, and Connect's contact that it is. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { change, commit, type Item, put, read, type Write } from '../../ground/platform/dynamo.ts';
import { absent, after, either, is, oneOf } from '../../ground/platform/expressions.rules.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { type Call, LIVE_STATES, PRIOR_STATES, type StoredCallState } from './call.rules.ts';

const callKey = (callId: string) => ({ pk: `CALL#${callId}` });
const numberKey = (phone: string) => ({ pk: `NUMBER#${sha256(phone)}` });
const contactKey = (contactId: string) => ({ pk: `CONTACT#${contactId}` });

/** A call is remembered this long after its end, so that late events find it. */
const KEPT_MS = HOUR_MS;

export class CallsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(callId: string): Promise<Call | undefined> {
    return callOf(await read(this.#client, this.#table, callKey(callId)));
  }

  async byContact(contactId: string): Promise<Call | undefined> {
    const pointer = await read(this.#client, this.#table, contactKey(contactId));
    return pointer === undefined ? undefined : this.get(pointer.callId as string);
  }

  /** The call that a number had last. */
  async lastOf(phone: string): Promise<Call | undefined> {
    const pointer = await read(this.#client, this.#table, numberKey(phone));
    return pointer === undefined ? undefined : this.get(pointer.callId as string);
  }

  /** Writes the call before it is placed and takes its number over; `former` is what the number had when it was read. */
  place(call: Call, former: Call | undefined): Write[] {
    const ttl = Math.ceil((call.expiresAt + KEPT_MS) / 1000);
    const takeOver = former === undefined ? absent('callId') : is('callId', former.callId);
    return [
      put(this.#table, { ...callKey(call.callId), ...call, ttl }, absent('pk')),
      put(
        this.#table,
        { ...numberKey(call.phone), callId: call.callId, ttl },
        either(absent('callId'), takeOver),
      ),
    ];
  }

  /** Ties Connect's contact to the call, once. */
  async bind(callId: string, contactId: string, now: number): Promise<void> {
    await commit(this.#client, [
      change(
        this.#table,
        callKey(callId),
        { set: { contactId } },
        either(absent('contactId'), is('contactId', contactId)),
      ),
      put(this.#table, {
        ...contactKey(contactId),
        callId,
        ttl: Math.ceil((now + KEPT_MS) / 1000),
      }),
    ]);
  }

  /** Moves a call on; false if its state does not allow it any more. */
  async move(
    callId: string,
    to: Exclude<StoredCallState, 'CALLING' | 'CONFIRMED'>,
    ...writes: Write[]
  ): Promise<boolean> {
    const moved = change(
      this.#table,
      callKey(callId),
      { set: { state: to } },
      oneOf('state', PRIOR_STATES[to]),
    );
    return (await commit(this.#client, [moved, ...writes])).done;
  }

  /** The # key: right contact, number, call; pending, unexpired; in one conditional write. */
  confirm(call: Pick<Call, 'callId' | 'phone'>, contactId: string, now: number): Write {
    return change(
      this.#table,
      callKey(call.callId),
      { set: { state: 'CONFIRMED', contactId, confirmedAt: now } },
      oneOf('state', LIVE_STATES),
      is('phone', call.phone),
      is('spoken', false),
      after('expiresAt', now),
      either(absent('contactId'), is('contactId', contactId)),
    );
  }

  /** Uses the confirmation up for its flow. */
  use({ callId, flowId, accountId, epoch }: Call, now: number): Write {
    return change(
      this.#table,
      callKey(callId),
      { set: { usedAt: now } },
      is('state', 'CONFIRMED'),
      absent('usedAt'),
      after('expiresAt', now),
      is('flowId', flowId),
      is('accountId', accountId),
      is('epoch', epoch),
    );
  }
}

function callOf(item: Item | undefined): Call | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, ttl: _ttl, ...call } = item;
  return call as unknown as Call;
}
