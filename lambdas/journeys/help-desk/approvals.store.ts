/** Acts that wait for a second employee. There are few, and each for an hour at most. */
import { create, type Database, erase, ttlOf, type Write } from '../../ground/platform/database.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { Approval } from './approval.rules.ts';
import { isWaiting } from './approval.transitions.ts';
import type { ApprovalsPort } from './approvals.port.ts';

/** All of a stage's help desk are in one partition. */
const DESK = 'HELP_DESK';

const keyOf = (approvalId: string) => ({ desk: DESK, approvalId });

export class ApprovalsStore implements ApprovalsPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async waiting(now: number): Promise<Approval[]> {
    const { items } = await this.#database.query({
      table: this.#table,
      partition: { name: 'desk', value: DESK },
    });
    return items
      .map((item) => recordIn<Approval>(item, 'desk', 'ttl'))
      .filter(({ expiresAt }) => expiresAt > now)
      .sort((a, b) => a.requestedAt - b.requestedAt);
  }

  async get(approvalId: string, now: number): Promise<Approval | undefined> {
    const item = await this.#database.read(this.#table, keyOf(approvalId));
    if (item === undefined) return undefined;
    const approval = recordIn<Approval>(item, 'desk', 'ttl');
    return approval.expiresAt > now ? approval : undefined;
  }

  request(approval: Approval): Write {
    const { approvalId, expiresAt } = approval;
    return create(this.#table, keyOf(approvalId), { ...approval, ttl: ttlOf(expiresAt) });
  }

  close(approvalId: string, now: number): Write {
    return erase(this.#table, keyOf(approvalId), isWaiting(now));
  }
}
