import { put, type Write } from '../platform/database.ts';
import { randomId } from '../platform/random.ts';
import type { AuditPort } from './audit.port.ts';
import { type AuditEvent, APPEND_ONLY, auditItem } from './audit.rules.ts';

export class AuditTrail implements AuditPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  write(event: AuditEvent, now: number): Write {
    return put(this.#table, auditItem(event, now, randomId()), ...APPEND_ONLY);
  }
}
