import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Fault, type Faults } from '../gateway/faults.ts';
import type { WebHandler } from '../gateway/gateway.ts';
import type { HttpRequest, Reply } from '../gateway/messages.ts';
import type { FunctionLogs } from '../lambda/logs.ts';
import type { Mailbox } from '../messages.ts';
import { empty, json, withCors, withInput } from './replies.ts';

/** What `GET /_local/outputs` tells. */
export interface LocalOutputs {
  region: string;
  userPoolId: string;
  userPoolClientId: string;
  cognitoUrl: string;
  apiUrl: string;
  portalUrl: string;
  tables: Record<string, string>;
}

/** What the control routes read and move. */
export interface ControlInputs {
  outputs: LocalOutputs;
  clock: Clock;
  faults: Faults;
  logs: FunctionLogs;
  mailbox: Mailbox;
  isReady(): boolean;
  /** The clock was moved: whoever keeps state writes it down. */
  clockMoved(): void;
}

type Route = (http: HttpRequest) => Reply;

/** Ten years. */
const LONGEST_MOVE_SECONDS = 315_360_000;
const ClockMove = z.strictObject({ advanceSeconds: z.int().min(0).max(LONGEST_MOVE_SECONDS) });

/** Times are written with four digits of a year, and some lie years after the clock. */
const LATEST = Date.UTC(9900, 0);

/** The machine's own routes, under `/_local/`. */
export function createControl({
  outputs,
  clock,
  faults,
  logs,
  mailbox,
  isReady,
  clockMoved,
}: ControlInputs): WebHandler {
  const now = (): Reply => json({ now: new Date(clock.now()).toISOString() });
  const routes: Record<string, Route> = {
    'GET /_local/health': () =>
      isReady() ? json({ status: 'ready' }) : json({ status: 'starting' }, 503),
    'GET /_local/outputs': () => json(outputs),
    'GET /_local/messages': ({ query }) =>
      json(mailbox.read({ to: addressee(query), channel: query.get('channel') ?? undefined })),
    'DELETE /_local/messages': () => {
      mailbox.empty();
      return empty();
    },
    'GET /_local/clock': now,
    'POST /_local/clock': (http) =>
      withInput(ClockMove, http, ({ advanceSeconds }) => {
        if (clock.now() + advanceSeconds * 1000 > LATEST)
          return json(
            {
              error: `advanceSeconds ${advanceSeconds} leads past ${new Date(LATEST).toISOString()}, where the clock ends. Restart the machine without its data to set the clock back.`,
            },
            400,
          );
        clock.advance(advanceSeconds);
        clockMoved();
        return now();
      }),
    'POST /_local/faults': (http) =>
      withInput(Fault, http, (fault) => {
        faults.add(fault);
        return empty();
      }),
    'DELETE /_local/faults': () => {
      faults.clear();
      return empty();
    },
    'GET /_local/logs': ({ query }) => json(logs.read(query.get('function') ?? undefined)),
  };
  return (http) => {
    if (!http.path.startsWith('/_local/')) return Promise.resolve(undefined);
    const route = routes[`${http.method} ${http.path}`];
    if (http.method === 'OPTIONS') return Promise.resolve(withCors(empty()));
    return Promise.resolve(
      withCors(
        route === undefined
          ? json(
              {
                error: `There is no ${http.method} ${http.path}. There are ${Object.keys(routes).join(', ')}.`,
              },
              404,
            )
          : route(http),
      ),
    );
  };
}

/** A `+` that was not encoded arrives as a space: no address or number has one. */
function addressee(query: URLSearchParams): string | undefined {
  return query.get('to')?.replaceAll(' ', '+');
}
