/**
 * Middleware of the Cognito triggers: one log line per outcome, and outages that ask the person to
 * try again and reveal nothing else.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import { beginLogContext, errorFields, type Log, type LogFields } from './log.ts';
import { TryAgain } from './try-again.ts';

/** What an outcome's line says besides its time. A handler may be called again with its event. */
type Notes = WeakMap<object, LogFields>;

function outcomes<Event>(code: string, log: Log, notes: Notes): MiddlewareObj<Event> {
  const started = new WeakMap<object, number>();
  const fieldsOf = (event: unknown): LogFields => ({
    ...notes.get(event as object),
    ms: Math.round(performance.now() - (started.get(event as object) ?? performance.now())),
  });
  return {
    before: ({ event, context }) => {
      beginLogContext({ requestId: context.awsRequestId });
      started.set(event as object, performance.now());
    },
    after: ({ event }) => log('INFO', code, fieldsOf(event)),
    onError: ({ event, error }) => {
      if (error instanceof RefusedByGate) {
        log('WARN', code, { refused: error.why, ...fieldsOf(event) });
        throw error;
      }
      log('ERROR', `${code}_FAILED`, { ...errorFields(error), ...fieldsOf(event) });
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

/** Adds fields to the line of the outcome. */
export type Note = (fields: LogFields) => void;

/** Wraps a trigger: `code` names its outcome in the log. */
export function trigger<Event extends object>(
  code: string,
  log: Log,
  handle: (event: Event, note: Note) => Promise<Event>,
) {
  const notes: Notes = new WeakMap();
  return middy<Event, Event>()
    .use(outcomes<Event>(code, log, notes))
    .handler((event) =>
      handle(event, (fields) => void notes.set(event, { ...notes.get(event), ...fields })),
    );
}
