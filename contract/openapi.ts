/** The OpenAPI 3.1 document of the HTTP API, made from the route table and the schemas. */
import * as z from 'zod';
import {
  COMMON_PROBLEMS,
  Problem,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
  PROBLEMS,
} from './problems.ts';
import { ApprovalNeeded } from './help-desk.ts';
import { type Route, ROUTE_LIST, type RouteName } from './routes.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
  }) as Json;
  return rest;
};

const SECURITY: Record<Route['access'], Json[]> = {
  PUBLIC: [],
  FLOW: [{ flowToken: [] }],
  USER: [{ accessToken: [] }],
  ADMIN: [{ accessToken: [] }],
  HELP_DESK: [{ employeeToken: [] }],
};

const SECURITY_SCHEMES: Json = {
  flowToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The flowToken of the answer that opened the flow. It is valid for 60 minutes.',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of the sign-in, with the scope portal-auth/api.',
  },
  employeeToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "The access token of an employee's sign-in, with the scope portal-auth/help-desk.",
  },
};

/** @param servers absolute URLs of stages, without a trailing slash */
export function openApiDocument(servers: readonly string[] = []): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTE_LIST)
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route.name, route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portal Auth',
      version: '1.0.0',
      summary:
        'Registration, recovery, terms, the signed-in user, provider administration and the ' +
        "employees' help desk. Sign-in itself uses Cognito CUSTOM_AUTH.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    ...(servers.length === 0 ? {} : { servers: servers.map((url) => ({ url })) }),
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operation(name: RouteName, route: Route): Json {
  const parameters = [
    ...pathParameters(route),
    ...queryParameters(route),
    ...(route.idempotencyKey === true ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.capability],
    security: SECURITY[route.access],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: { ...successes(route), ...problems(route) },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'A repeated request with the same key for the same user has no effect for 24 hours.',
};

function pathParameters({ path }: Route): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Route): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required: needed = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: needed.includes(name),
    schema,
  }));
}

/** What a second employee has to approve is answered 202 with the approval. */
function successes(route: Route): Record<string, Json> {
  if (route.mayNeedApproval !== true) return { [route.answer.status]: success(route) };
  const schema = schemaOf(ApprovalNeeded, 'output');
  const approval = {
    description: 'Accepted. With a body, a second employee has to approve it first.',
    content: { 'application/json': { schema } },
  };
  return { [route.answer.status]: success(route), 202: approval };
}

function success({ answer, summary }: Route): Json {
  return {
    description: summary,
    ...(answer.schema === undefined
      ? {}
      : { content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } } }),
  };
}

/** One response for each status; its codes are listed in the description. */
function problems({ problems: own, access }: Route): Record<string, Json> {
  const codes: ProblemCode[] = [
    ...new Set<ProblemCode>([
      ...own,
      ...COMMON_PROBLEMS,
      ...(access === 'PUBLIC' ? [] : (['TOKEN_INVALID'] as const)),
    ]),
  ];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes)
    byStatus.set(PROBLEMS[code][0], [...(byStatus.get(PROBLEMS[code][0]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, of]) => [
        status,
        {
          description: of.map((code) => `\`${code}\` ${PROBLEMS[code][1]}`).join('; '),
          content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}
