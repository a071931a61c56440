/** The link by which the former address undoes a change of the e-mail address. */

/** Times are milliseconds since 1970. */
export interface UndoLink {
  accountId: string;
  /** Of the change that it undoes. */
  changedAt: number;
  /** What the request that used it and its repeat have in common; empty where none may follow. */
  usedBy?: string;
}
