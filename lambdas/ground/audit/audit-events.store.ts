/** The audit trail of one account, newest first. */
import type { Database } from '../platform/database.ts';
import { definite } from '../platform/definite.rules.ts';
import { recordIn } from '../platform/stored.rules.ts';
import type { RecordedEvent } from './audit.rules.ts';

export class AuditEventsStore {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  /** One page after an event's id: a cursor leads on through this account's own events only. */
  async ofAccount(
    accountId: string,
    after: string | undefined,
    size: number,
  ): Promise<{ events: RecordedEvent[]; last?: string }> {
    const { items, last } = await this.#database.query(
      definite({
        table: this.#table,
        partition: { name: 'accountId', value: accountId },
        after: after === undefined ? undefined : { name: 'eventId', value: after },
        newestFirst: true,
        limit: size,
      }),
    );
    return definite({
      events: items.map((item) => recordIn<RecordedEvent>(item, 'day')),
      last: last === undefined ? undefined : String(last.eventId),
    });
  }
}
