import { readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT } from '../platform/environment-names.ts';
import { AuditArchive } from './archive.client.ts';

export function wireArchive(): AuditArchive {
  return new AuditArchive(readEnvironment({ bucket: ENVIRONMENT.auditBucket }).bucket);
}
