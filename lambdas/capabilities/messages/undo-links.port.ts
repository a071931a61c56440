import type { UndoLink } from './undo-link.rules.ts';
import type { Write } from '../../ground/platform/database.ts';

export interface UndoLinksPort {
  get: (token: string) => Promise<UndoLink | undefined>;
  issue: (token: string, link: UndoLink, expiresAt: number) => Write;
  /** Refused where the link is used. @param usedBy by which a repeat of the request is known */
  use: (token: string, usedBy?: string) => Write;
}
