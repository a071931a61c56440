/** Lists in pages. A cursor is valid for its own list only. */
import { keyIn } from './cursors.rules.ts';
import { answered, type HttpOutcome, refuse } from './http-outcome.ts';

/** A page of a list: from its beginning, or after the key in the cursor. */
export async function pageAfter(
  cursor: string | undefined,
  isKey: (key: string) => boolean,
  answer: (after?: string) => Promise<object>,
): Promise<HttpOutcome> {
  if (cursor === undefined) return answered(await answer());
  const after = keyIn(cursor, isKey);
  if (after !== undefined) return answered(await answer(after));
  return refuse('REQUEST_INVALID', {
    detail: 'Some fields are not valid.',
    fields: [
      {
        path: 'cursor',
        message: 'is not a cursor of this list',
      },
    ],
  });
}
