/** When a mark that is put once may be put. */
import { clausesOf, either } from './attributes.rules.ts';

interface Mark {
  pk: string;
  expiresAt: number;
}

const { absent, below } = clausesOf<Mark>();

/** Condition of a mark that was not put, or has expired. */
export function isFree(now: number) {
  return either(absent('pk'), below('expiresAt', now));
}
