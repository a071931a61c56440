import { type AuditEvent, APPEND_ONLY, auditItem } from './audit.rules.ts';
import { put, type Write } from '../platform/dynamo.ts';
import { randomId } from '../platform/random.ts';

/** Turns events into writes, to be committed with the change that they record: together or not at all. */
export class AuditTrail {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  write(event: AuditEvent, now: number): Write {
    return put(this.#table, auditItem(event, now, randomId()), ...APPEND_ONLY);
  }
}
