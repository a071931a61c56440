/**
 * The HTTP side of every capability: finds the route, reads and checks the body against the
 * contract, calls the route's handler and turns its outcome into a response. Refusals are values
 * (`refuse`), exceptions are outages.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod';
import {
  type Capability,
  ROUTE_LIST,
  type RouteName,
  type ROUTES,
} from '../../../contract/routes.ts';
import type { FieldFault } from '../../../contract/problems.ts';
import type { FunctionSettings } from './environment-names.ts';
import { type HttpRequest, readRequest } from './http-request.ts';
import { type HttpOutcome, refuse } from './http-outcome.ts';
import { responder } from './http-response.ts';
import { beginLogContext, errorFields, log } from './log.ts';

export type { HttpRequest } from './http-request.ts';
export { answered, type HttpOutcome, refuse } from './http-outcome.ts';

/** Names of errors after which the same request may succeed: 503, not 500. */
const OUTAGES: ReadonlySet<string> = new Set([
  'AccountChanging',
  'StoreUnavailable',
  'CodeMacUnavailable',
  'UserPoolUnavailable',
  'QueueUnavailable',
]);

type SchemaOf<R, K extends string> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
type RouteHandler<N extends RouteName, Deps> = (
  request: HttpRequest<SchemaOf<(typeof ROUTES)[N], 'body'>, SchemaOf<(typeof ROUTES)[N], 'query'>>,
  deps: Deps,
) => Promise<HttpOutcome>;

/** A handler for every route of a capability, no more and no less. */
export type RouteHandlers<C extends Capability, Deps> = {
  [N in RouteName as (typeof ROUTES)[N]['capability'] extends C ? N : never]: RouteHandler<N, Deps>;
};

/**
 * What rules find wrong with a body of a route beside what its schema does, so that all faults of a
 * form are reported at once. It is called only where the schema refuses.
 */
export type FurtherFaults<Deps> = {
  [N in RouteName]?: (body: Record<string, unknown>, deps: Deps) => FieldFault[];
};

type AnyHandlers<Deps> = Partial<
  Record<RouteName, (request: HttpRequest<never, never>, deps: Deps) => Promise<HttpOutcome>>
>;

/** What every route's collaborators have. */
interface OfPortal {
  settings: Pick<FunctionSettings, 'portalOrigins'>;
}

/**
 * The Lambda handler of a capability. `wired()` is called at the first request, because reading the
 * environment can fail.
 */
export function httpHandler<C extends Capability, Deps extends OfPortal>(
  capability: C,
  wired: () => Deps,
  handlers: RouteHandlers<C, Deps>,
  furtherFaults: FurtherFaults<Deps> = {},
) {
  const routes = ROUTE_LIST.filter((route) => route.capability === capability);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(outcomes())
    .handler(async (event) => {
      const deps = wired();
      const respond = responder(event, deps.settings.portalOrigins);
      const route = routes.find(
        ({ method, path }) => method === event.httpMethod && path === event.resource,
      );
      if (route === undefined) return respond(refuse('NOT_FOUND'));
      try {
        const faults = furtherFaults[route.name];
        const request = readRequest(route, event, (body) => faults?.(body, deps) ?? []);
        if ('refused' in request) return respond(request);
        const handle = (handlers as AnyHandlers<Deps>)[route.name];
        return respond(await (handle as RouteHandler<never, Deps>)(request as never, deps), route);
      } catch (error) {
        log('ERROR', 'REQUEST_FAILED', {
          route: route.name,
          ...errorFields(error),
        });
        return respond(
          refuse(
            OUTAGES.has((error as Error).name)
              ? 'UNAVAILABLE'
              : (error as Error).name === 'DeliveryFailed'
                ? 'DELIVERY_FAILED'
                : 'INTERNAL',
          ),
        );
      }
    });
}

/** One line per request: the route and its outcome, never its content. */
function outcomes(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const started = new WeakMap<object, number>();
  return {
    before: ({ event }) => {
      beginLogContext({ requestId: event.requestContext.requestId });
      started.set(event, performance.now());
    },
    after: ({ event, response }) => {
      const ms = Math.round(performance.now() - (started.get(event) ?? performance.now()));
      log('INFO', 'ANSWERED', {
        method: event.httpMethod,
        route: event.resource,
        status: response?.statusCode,
        step: stepOf(event),
        ms,
      });
    },
  };
}

/** The route's name where it is a step of a registration or of a reset. */
function stepOf({ httpMethod, resource }: APIGatewayProxyEvent): string | undefined {
  const route = ROUTE_LIST.find(({ method, path }) => method === httpMethod && path === resource);
  const isStep =
    httpMethod !== 'GET' &&
    (route?.capability === 'registration' || route?.capability === 'recovery');
  return isStep ? route.name : undefined;
}
