import type { ApiMethod, RestApi } from './api.ts';

/** The method that answers a path, static segments before parameters. */
export function findMethod(
  api: RestApi,
  httpMethod: string,
  path: string,
): { method: ApiMethod; pathParameters: Record<string, string> } | undefined {
  const segments = path.split('/').filter(Boolean);
  const matching = api.methods
    .filter((method) => method.httpMethod === httpMethod || method.httpMethod === 'ANY')
    .flatMap((method) => {
      const pathParameters = matchSegments(method.segments, segments);
      return pathParameters === undefined ? [] : [{ method, pathParameters }];
    });
  return matching.sort(
    (left, right) =>
      Object.keys(left.pathParameters).length - Object.keys(right.pathParameters).length,
  )[0];
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = segments[index] ?? '';
    if (/^\{.+\}$/.test(part)) parameters[part.slice(1, -1)] = decode(given);
    else if (part !== given) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
