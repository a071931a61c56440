/**
 * Requests as API Gateway brings them, to the routes of a capability on the collaborators of a
 * test.
 */
import type { APIGatewayEventIdentity, APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Language } from '../../contract/languages.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { PROBLEMS } from '../../contract/problems.ts';
import { type Capability, ROUTE_LIST } from '../../contract/routes.ts';
import {
  type FurtherFaults,
  httpHandler,
  type RouteHandlers,
} from '../../lambdas/ground/platform/http.ts';
import type { FunctionSettings } from '../../lambdas/ground/platform/environment-names.ts';
import { CLIENT_ID, SOURCE } from './builders.ts';
import type { Clock } from './clock.ts';
import { WrittenLines } from './written-lines.ts';

export interface Asked {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  bearer?: string | undefined;
  /** What API Gateway's authorizer verified. */
  claims?: Record<string, string>;
  idempotencyKey?: string;
  language?: Language;
}

export interface Answered {
  status: number;
  body: unknown;
}

/** The answer that a refusal becomes. */
export function problem(code: ProblemCode): Answered {
  return { status: PROBLEMS[code][0], body: { code } };
}

/** The answer of an outage: whatever the collaborator, without a word about it. */
export const OUTAGE = problem('UNAVAILABLE');

/** Sends requests to routes. A success must have the shape that the contract gives it. */
export function routesOn<C extends Capability, Deps extends { settings: FunctionSettings }>(
  capability: C,
  deps: Deps,
  handlers: RouteHandlers<C, Deps>,
  furtherFaults: FurtherFaults<Deps> = {},
) {
  const handler = httpHandler(capability, () => deps, handlers, furtherFaults);
  return async (
    name: keyof RouteHandlers<C, Deps> & string,
    asked: Asked = {},
  ): Promise<Answered> => {
    const route = ROUTE_LIST.find((one) => one.name === name);
    if (route === undefined) throw new Error(`The contract has no route ${name}.`);
    const lines = new WrittenLines();
    const reply = await handler(eventOf(route, asked), {} as Context);
    lines.release();
    const body: unknown = reply.body === '' ? undefined : JSON.parse(reply.body);
    if (reply.statusCode === route.answer.status) route.answer.schema?.parse(body);
    return { status: reply.statusCode, body };
  };
}

function eventOf(route: { method: string; path: string }, asked: Asked): APIGatewayProxyEvent {
  const { path = null, query = null, body, bearer, idempotencyKey, language } = asked;
  const headers = {
    ...(body && { 'Content-Type': 'application/json' }),
    ...(bearer && { Authorization: `Bearer ${bearer}` }),
    ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
    ...(language && { 'Accept-Language': language }),
  };
  const requestContext: Partial<APIGatewayProxyEvent['requestContext']> = {
    requestId: SOURCE.requestId,
    identity: { sourceIp: SOURCE.sourceAddress } as APIGatewayEventIdentity,
    authorizer: { claims: asked.claims ?? {} },
  };
  const event: Partial<APIGatewayProxyEvent> = {
    httpMethod: route.method,
    resource: route.path,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    pathParameters: path,
    queryStringParameters: query,
    requestContext: requestContext as APIGatewayProxyEvent['requestContext'],
  };
  return event as APIGatewayProxyEvent;
}

/** The claims of Pat's access token, whose factor was passed now. */
export function claimsOf(
  { time }: Clock,
  more: Record<string, string> = {},
): Record<string, string> {
  const now = String(Math.floor(time / 1000));
  return {
    token_use: 'access',
    client_id: CLIENT_ID,
    username: 'user-of-account-1',
    portal_username: 'pphone',
    session_epoch: '1',
    auth_time: now,
    factor_at: now,
    jti: 'token-1',
    ...more,
  };
}

/** Collaborators whose commits are refused: another request was first. */
export const OVERTAKEN = {
  commit: async () => ({ done: false as const, refused: [undefined] }),
};
