import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import type { HttpRequest, Reply, WebHandler } from '../gateway/messages.ts';
import type { LocalService } from '../service.ts';
import { empty, json, readJson, withInput } from './replies.ts';

type Inputs = Pick<
  LocalContext,
  'clock' | 'faults' | 'counts' | 'logs' | 'mailbox' | 'machine' | 'work'
>;

type Route = (http: HttpRequest) => Reply | Promise<Reply>;

/** Ten years. */
const LONGEST_MOVE_SECONDS = 315_360_000;
const ClockMove = z.strictObject({ advanceSeconds: z.int().min(0).max(LONGEST_MOVE_SECONDS) });

const ResetInput = z
  .strictObject({ keepEnvironments: z.boolean().default(false) })
  .default({ keepEnvironments: false });

/** Times are written with four digits of a year, and some lie years after the clock. */
const LATEST = Date.UTC(9900, 0);

/** The machine's own routes, under `/_local/`. */
export function create(inputs: Inputs): LocalService {
  return { web: [inputs.counts.handler, createControl(inputs)] };
}

export function createControl(inputs: Omit<Inputs, 'counts'>): WebHandler {
  const routes: Record<string, Route> = {
    ...stateRoutes(inputs),
    ...clockRoutes(inputs),
    ...faultRoutes(inputs),
    ...recordRoutes(inputs),
  };
  return async (http) => {
    if (!http.path.startsWith('/_local/')) return undefined;
    const route = routes[`${http.method} ${http.path}`];
    return route === undefined ? notFound(http, Object.keys(routes)) : await route(http);
  };
}

function notFound({ method, path }: HttpRequest, routes: string[]): Reply {
  const error = `${method} ${path} does not exist. The routes are ${routes.join(', ')}.`;
  return json({ error }, 404);
}

function stateRoutes({ machine, work }: Pick<Inputs, 'machine' | 'work'>): Record<string, Route> {
  return {
    'GET /_local/health': () =>
      machine.isReady() ? json({ status: 'ready' }) : json({ status: 'starting' }, 503),
    'GET /_local/outputs': () => json(machine.outputs()),
    'GET /_local/work': () => json({ underWay: work.isUnderWay() }),
    'POST /_local/reset': (http) =>
      withInput(ResetInput, http, async (options) => {
        await machine.reset(options);
        return json({ status: 'ready' });
      }),
    'POST /_local/seed': async (http) => {
      const faults = await machine.addPeople(readJson(http));
      return faults.length === 0
        ? json({ status: 'seeded' }, 201)
        : json(
            {
              error: 'The seed has faults, and nothing of it was loaded.',
              faults,
            },
            400,
          );
    },
  };
}

function clockRoutes({ clock, machine }: Pick<Inputs, 'clock' | 'machine'>): Record<string, Route> {
  const now = (): Reply => json({ now: new Date(clock.now()).toISOString() });
  return {
    'GET /_local/clock': now,
    'POST /_local/clock': (http) =>
      withInput(ClockMove, http, ({ advanceSeconds }) => {
        if (clock.now() + advanceSeconds * 1000 > LATEST) return pastTheEnd(advanceSeconds);
        clock.advance(advanceSeconds);
        machine.clockMoved();
        return now();
      }),
  };
}

function pastTheEnd(advanceSeconds: number): Reply {
  const error =
    `advanceSeconds ${advanceSeconds} leads past ${new Date(LATEST).toISOString()}, where the ` +
    'clock ends. POST /_local/reset sets the clock back.';
  return json({ error }, 400);
}

function faultRoutes({ faults }: Pick<Inputs, 'faults'>): Record<string, Route> {
  return {
    'POST /_local/faults': (http) =>
      withInput(faults.shapeOf(readJson(http)), http, (fault) => {
        faults.add(fault);
        return empty();
      }),
    'DELETE /_local/faults': () => {
      faults.clear();
      return empty();
    },
  };
}

function recordRoutes({ mailbox, logs }: Pick<Inputs, 'mailbox' | 'logs'>): Record<string, Route> {
  return {
    'GET /_local/messages': ({ query }) =>
      json(
        mailbox.read({
          to: addressee(query),
          channel: query.get('channel') ?? undefined,
        }),
      ),
    'DELETE /_local/messages': () => {
      mailbox.empty();
      return empty();
    },
    'GET /_local/logs': ({ query }) => json(logs.read(query.get('function') ?? undefined)),
  };
}

/** A `+` that was not encoded arrives as a space, which no address or number contains. */
function addressee(query: URLSearchParams): string | undefined {
  return query.get('to')?.replaceAll(' ', '+');
}
