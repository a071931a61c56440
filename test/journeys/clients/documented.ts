/** What the contract documents of each route's answers. */
import { COMMON_PROBLEMS, type ProblemCode, PROBLEMS } from '../../../contract/problems.ts';
import { type Route, ROUTE_LIST } from '../../../contract/routes.ts';

const PATTERNS = ROUTE_LIST.map(
  (route) =>
    [new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), route as Route] as const,
);

interface Answered {
  status: number;
  body: unknown;
}

/** @returns why an answer is not one that the contract documents, or nothing */
export function undocumented(method: string, path: string, answer: Answered): string | undefined {
  const [address = ''] = path.split('?');
  const found = PATTERNS.find(([form, route]) => route.method === method && form.test(address));
  if (found === undefined) return undefined;
  const why = answer.status < 400 ? successFault(found[1], answer) : problemFault(found[1], answer);
  return why === undefined ? undefined : `${method} ${address}: ${why}`;
}

function successFault(route: Route, { status, body }: Answered): string | undefined {
  if (status === 202 && route.mayNeedApproval === true) return undefined;
  if (status !== route.answer.status) return `status ${status} is not documented`;
  const { error } = route.answer.schema?.safeParse(body) ?? {};
  return error === undefined ? undefined : `an answer that is not of its schema: ${error.message}`;
}

function problemFault(route: Route, { status, body }: Answered): string | undefined {
  const { code } = body as { code: ProblemCode };
  const token = route.access === 'PUBLIC' ? [] : (['TOKEN_INVALID'] as const);
  // The firewall forbids on any route.
  const codes: ProblemCode[] = [...route.problems, ...COMMON_PROBLEMS, 'FORBIDDEN', ...token];
  if (!codes.includes(code)) return `the code ${code} is not documented`;
  const [documented] = PROBLEMS[code];
  return documented === status ? undefined : `${code} with status ${status}`;
}
