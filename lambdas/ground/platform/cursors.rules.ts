/**
 * Cursors of lists: the key of the last item shown. Where to go on, and never in whose list: that
 * is the caller's to say.
 */

export function cursorOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** The key in a cursor, or undefined if it is none of such a list. */
export function keyIn(cursor: string, isKey: (key: string) => boolean): string | undefined {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  return isKey(key) && cursorOf(key) === cursor ? key : undefined;
}
