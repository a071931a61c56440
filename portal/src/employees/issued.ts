import type { CodesIssued } from '@portal-auth/client/employees';

/** Codes that were just issued: the only time they are shown. */
export interface Issued extends CodesIssued {
  providerName: string;
}
