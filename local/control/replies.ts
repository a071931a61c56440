/** Answers of the machine's own routes. */
import { z } from 'zod';
import type { HttpRequest, Reply } from '../gateway/messages.ts';

export function json(value: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

export function empty(): Reply {
  return { status: 204, headers: {}, body: '' };
}

/** Pages of other origins, such as the portal under test, may look. */
export function withCors(reply: Reply): Reply {
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': '*',
    },
  };
}

/** Runs with a body of the right shape; any other is a 400 that says why. */
export function withInput<T, R>(
  shape: z.ZodType<T>,
  http: HttpRequest,
  run: (input: T) => R,
): R | Reply {
  const parsed = shape.safeParse(readJson(http));
  return parsed.success ? run(parsed.data) : json({ error: z.prettifyError(parsed.error) }, 400);
}

function readJson({ body }: HttpRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
