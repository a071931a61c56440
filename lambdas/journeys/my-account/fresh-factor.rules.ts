/** What changes an account needs a factor that was passed a moment ago. */
import { MINUTE_MS } from '../../ground/limits/limits.rules.ts';

const FRESH_MS = 10 * MINUTE_MS;

/** @param claims of the access token; `factor_at` is in seconds since 1970 */
export function isFresh(
  { factor_at: factorAt = '' }: Record<string, string>,
  now: number,
): boolean {
  const passedAt = Number(factorAt) * 1000;
  return factorAt !== '' && Number.isFinite(passedAt) && now < passedAt + FRESH_MS;
}
