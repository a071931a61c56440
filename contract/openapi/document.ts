/** The OpenAPI 3.1 document of the HTTP API, made from the route table and the schemas. */
import { ApprovalNeeded } from '../help-desk.ts';
import { Problem } from '../problems.ts';
import { MAX_BODY_BYTES, type Route, ROUTE_LIST, type RouteName } from '../routes.ts';
import { APPROVAL, EXAMPLES } from './examples.ts';
import type { Json } from './json.ts';
import { parametersOf, SHARED_PARAMETERS } from './parameters.ts';
import { problemExamples, problemResponses, problemsOf, RETRY_AFTER } from './problem-responses.ts';
import { components, reference } from './schemas.ts';
import { INFO, SECURITY_SCHEMES, SERVERS } from './stage.ts';
import { TAGS } from './tags.ts';
import { TEXTS } from './texts.ts';

const SECURITY: Record<Route['access'], Json[]> = {
  PUBLIC: [],
  FLOW: [{ flowToken: [] }],
  USER: [{ accessToken: [] }],
  ADMIN: [{ accessToken: [] }],
  HELP_DESK: [{ employeeToken: [] }],
};

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTE_LIST)
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route.name, route);
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: SERVERS,
    tags: TAGS,
    paths,
    components: {
      schemas: components(
        ROUTE_LIST.flatMap((route) => [requestBody(route.name, route), parametersOf(route)]),
        [reference(Problem), ...ROUTE_LIST.map((route) => successes(route.name, route))],
      ),
      parameters: SHARED_PARAMETERS,
      responses: problemResponses(),
      examples: problemExamples(),
      headers: { RetryAfter: RETRY_AFTER },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operation(name: RouteName, route: Route): Json {
  const parameters = parametersOf(route);
  return {
    operationId: name,
    summary: route.summary,
    description: TEXTS[name].description,
    tags: [route.capability],
    security: SECURITY[route.access],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(name, route) }),
    responses: { ...successes(name, route), ...problemsOf(route) },
  };
}

/** A body may be left out where each of its members may: an empty one stands for `{}`. */
function requestBody(name: RouteName, { body }: Route): Json | undefined {
  if (body === undefined) return undefined;
  const isOptional = body.safeParse({}).success;
  return {
    description: `At most ${MAX_BODY_BYTES} bytes.${isOptional ? ' It may be left out.' : ''}`,
    required: !isOptional,
    content: json(reference(body), EXAMPLES[name].body),
  };
}

/** What a second employee has to approve is answered 202 with the approval. */
function successes(name: RouteName, route: Route): Record<string, Json> {
  const acted = { [route.answer.status]: success(name, route) };
  if (route.mayNeedApproval !== true) return acted;
  const approval = {
    description: 'Accepted. With a body, a second employee has to approve it first.',
    content: json(reference(ApprovalNeeded), { approvalNeeded: APPROVAL }),
  };
  return { ...acted, 202: approval };
}

function success(name: RouteName, { answer }: Route): Json {
  const description = TEXTS[name].answer;
  if (answer.schema === undefined) return { description };
  return { description, content: json(reference(answer.schema), EXAMPLES[name].answer) };
}

function json(schema: Json, examples: Record<string, unknown> = {}): Json {
  const named = Object.entries(examples).map(([id, value]) => [id, { value }] as const);
  return { 'application/json': { schema, examples: Object.fromEntries(named) } };
}
