import { create, type Write } from '../platform/database.ts';
import { randomId } from '../platform/random.ts';
import type { AuditPort } from './audit.port.ts';
import { type AuditEvent, auditItem } from './audit.rules.ts';

export class AuditTrail implements AuditPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  /** An event is written once and never over another. */
  write(event: AuditEvent, now: number): Write {
    const { accountId, eventId, ...item } = auditItem(event, now, randomId());
    return create(this.#table, { accountId, eventId }, item);
  }
}
