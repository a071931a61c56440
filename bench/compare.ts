/** Compares a result with the committed one. */
import { execFileSync } from 'node:child_process';
import { type Result, ROOT } from './measure.ts';

/** A result this much worse than the committed one has fallen back; less may be chance. */
const NOISE = 1.15;

/** The committed results: the values by scenario and by what was measured. */
export function committedResults(): Map<string, string> {
  const values = new Map<string, string>();
  const sections = committedText().split(/^## /m).slice(1);
  for (const section of sections) {
    const [title = '', ...lines] = section.split('\n');
    for (const line of lines) {
      const [, what, value] = /^\| (.+?) \| (.+?) \|/.exec(line) ?? [];
      if (what !== undefined && value !== undefined) values.set(keyOf(title, what), value);
    }
  }
  return values;
}

function committedText(): string {
  try {
    const command = ['show', 'HEAD:bench/results.md'];
    return execFileSync('git', command, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
  } catch {
    // A checkout without its history has nothing to compare with.
    return '';
  }
}

/** Times, sizes, rates and calls in the description are results; other numbers say of what. */
function keyOf(title: string, what: string): string {
  return `${title}: ${what.replaceAll(MEASURED, '#')}`;
}

const MEASURED = /\d[\d.,]*(?= (?:ms|s|kB|MB|events|×)|\/s\b| and \d+ ms\b)/g;

/**
 * Such as `0.97 × the committed 3.4 s`, with `FELL BACK` where it is clearly worse.
 * @returns an empty text if there is nothing to compare with
 */
export function comparedWith(
  former: Map<string, string>,
  title: string,
  { what, value, aim, met }: Result,
): string {
  const before = former.get(keyOf(title, what));
  const ratio = numberOf(value) / numberOf(before);
  if (before === undefined || !Number.isFinite(ratio)) return '';
  const isMoreBetter = aim?.startsWith('≥') ?? false;
  const worse = isMoreBetter ? 1 / ratio : ratio;
  const fellBack = aim !== undefined && worse > NOISE && met !== undefined;
  return `${ratio.toFixed(2)} × the committed ${before}${fellBack ? ', FELL BACK' : ''}`;
}

function numberOf(value: string | undefined): number {
  return Number(/[\d.,]+/.exec(value ?? '')?.[0].replaceAll(',', ''));
}
