import { parseExpression } from './expression.ts';

/** Whether a line of a log matches a filter pattern. */
export type Matches = (line: string) => boolean;

/**
 * Reads a metric filter's pattern: terms that must all be there (`"A" "B"`), or a condition on a
 * line of JSON (`{ $.code = "A" }`).
 * @throws Error on any other pattern
 */
export function readFilterPattern(pattern: string): Matches {
  const condition = /^\{(?<condition>.*)\}$/s.exec(pattern.trim())?.groups?.condition;
  if (condition !== undefined) return matchesJson(condition);
  const terms = [...pattern.matchAll(/"(?<term>[^"]*)"/g)].map(({ groups }) => groups?.term ?? '');
  if (terms.length === 0 || pattern.replaceAll(/"[^"]*"/g, '').trim() !== '')
    throw new Error(
      `The local machine cannot evaluate the filter pattern ${pattern}. It reads quoted ` +
        `terms, and ` +
        'conditions in braces.',
    );
  return (line) => terms.every((term) => line.includes(term));
}

function matchesJson(condition: string): Matches {
  const expression = parseExpression(condition);
  return (line) => {
    const content = contentOf(line);
    return (
      content !== undefined &&
      expression({
        lookUp: (path) => at(content, path),
        call: (name) => {
          throw new Error(`Filter patterns have no function ${name}.`);
        },
      }) === true
    );
  };
}

function contentOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `$.record.status` in a line. */
function at(content: unknown, path: string): string | number | boolean | undefined {
  const value = path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (within, name) => (within as Record<string, unknown> | null | undefined)?.[name],
      content,
    );
  const known = ['string', 'number', 'boolean'].includes(typeof value);
  return known ? (value as string | number | boolean) : undefined;
}
