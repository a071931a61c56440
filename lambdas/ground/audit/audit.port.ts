import type { Write } from '../platform/database.ts';
import type { AuditEvent } from './audit.rules.ts';

export interface AuditPort {
  /**
   * The write that records an event, to be committed with the change that it records: together or
   * not at all.
   */
  write: (event: AuditEvent, now: number) => Write;
}
