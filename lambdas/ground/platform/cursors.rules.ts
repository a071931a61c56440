/**
 * Cursors of lists: the key of the last item shown. A cursor says where to continue, and never in
 * whose list: that is for the caller to decide.
 */

export function cursorOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** The key in a cursor, or undefined if it does not belong to such a list. */
export function keyIn(cursor: string, isKey: (key: string) => boolean): string | undefined {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  return isKey(key) && cursorOf(key) === cursor ? key : undefined;
}
