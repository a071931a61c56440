/** Answers of the machine's own routes. */
import { z } from 'zod';
import type { HttpRequest, Reply } from '../gateway/messages.ts';

export function json(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

export function empty(): Reply {
  return {
    status: 204,
    headers: {},
    body: '',
  };
}

/** Runs with a body of the right shape, and answers any other body with a 400 and its faults. */
export function withInput<T, R>(
  shape: z.ZodType<T>,
  http: HttpRequest,
  run: (input: T) => R,
): R | Reply {
  const parsed = shape.safeParse(readJson(http));
  return parsed.success ? run(parsed.data) : json({ error: z.prettifyError(parsed.error) }, 400);
}

/** The JSON value of a body; `undefined` for a body that is not valid JSON. */
export function readJson({ body }: HttpRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
