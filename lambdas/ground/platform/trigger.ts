/**
 * Middleware of the Cognito triggers: one log line per outcome, and outages that tell the person to
 * try again and nothing else.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import { errorFields, type Log } from './log.ts';

/** Cognito shows the message of a trigger's error to the user. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
  constructor(cause: unknown) {
    super('The service is not available right now. Please try again', { cause });
  }
}

function outcomes<Event>(code: string, log: Log): MiddlewareObj<Event> {
  const started = new WeakMap<object, number>();
  const ms = (event: unknown) =>
    Math.round(performance.now() - (started.get(event as object) ?? performance.now()));
  return {
    before: ({ event }) => {
      started.set(event as object, performance.now());
    },
    after: ({ event }) => log('INFO', code, { ms: ms(event) }),
    onError: ({ event, error }) => {
      if (error instanceof RefusedByGate) {
        log('WARN', code, { refused: error.why, ms: ms(event) });
        throw error;
      }
      log('ERROR', `${code}_FAILED`, { ...errorFields(error), ms: ms(event) });
      throw new TryAgain(error);
    },
  };
}

/** The token gate's refusal: an expected outcome that Cognito only takes as an error. */
export class RefusedByGate extends Error {
  override readonly name = 'RefusedByGate';
  readonly why: string;
  constructor(why: string) {
    super('No tokens for this sign-in. Please sign in again');
    this.why = why;
  }
}

/** Wraps a trigger: `code` names its outcome in the log. */
export function trigger<Event>(code: string, log: Log, handle: (event: Event) => Promise<Event>) {
  return middy<Event, Event>().use(outcomes<Event>(code, log)).handler(handle);
}
