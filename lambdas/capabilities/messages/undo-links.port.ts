import type { Write } from '../../ground/platform/database.ts';

/** Times are milliseconds since 1970. */
export interface UndoLink {
  accountId: string;
  /** Of the change that it undoes. */
  changedAt: number;
}

export interface UndoLinksPort {
  get: (token: string) => Promise<UndoLink | undefined>;
  issue: (token: string, link: UndoLink, expiresAt: number) => Write;
  use: (token: string) => Write;
}
