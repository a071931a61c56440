import type { CountFailure } from '../cloudwatch/service-metrics.ts';
import type { Principals } from '../iam/principals.ts';
import { originRefusal } from './admission.ts';
import { AwsError } from './aws-error.ts';
import type { CallCounts } from './call-counts.ts';
import { isOwnPreflight, preflightReply, readableBy } from './cors.ts';
import { NO_ANSWER, type Faults } from './faults.ts';
import { accessKeyId, identify, type Identified } from './identify.ts';
import type { AwsService, HttpRequest, Reply, ServiceName, WebHandler } from './messages.ts';
import { errorReply } from './protocols.ts';

/** What the port serves. */
export interface GatewayServices {
  aws: Partial<Record<ServiceName, AwsService>>;
  /** Tried in order. */
  web: WebHandler[];
  /** Tried first: pages of any origin may read what these answer. */
  publicWeb: WebHandler[];
  /** Origins whose pages may call the port, besides its own. */
  origins: readonly string[];
  principals: Principals;
  faults: Faults;
  counts: CallCounts;
  /** Measures a call that its service refused. */
  countFailure: CountFailure;
  /** The function that runs as a role. */
  functionOfRole: (roleArn: string) => string | undefined;
  /** The emulated time. */
  now: () => number;
  /** Receives everything that is this machine's own failure. */
  reportFailure: (error: unknown) => void;
}

export type Answer = Reply | typeof NO_ANSWER;

/** Answers one request whose Host is admitted. */
export async function answer(
  services: GatewayServices,
  admitted: ReadonlySet<string>,
  http: HttpRequest,
): Promise<Answer> {
  const open = http.method === 'GET' ? await firstReply(services.publicWeb, http) : undefined;
  if (open !== undefined) return open;
  const refusal = originRefusal(http, admitted);
  if (refusal !== undefined) return refused(refusal);
  if (isOwnPreflight(http)) return preflightReply(http);
  const identified = identify(http);
  if (identified !== undefined) return await answerAws(services, http, identified);
  const reply = await firstReply(services.web, http);
  if (reply === undefined) return nothingThere(http);
  return http.path.startsWith('/_local/') ? readableBy(http, reply) : reply;
}

async function firstReply(handlers: WebHandler[], http: HttpRequest): Promise<Reply | undefined> {
  for (const handler of handlers) {
    const reply = await handler(http);
    if (reply !== undefined) return reply;
  }
  return undefined;
}

/** Answers a request that the port does not admit. */
export function refused(why: string): Reply {
  return errorReply('json-1.0', new AwsError('AccessDeniedException', why, 403));
}

function nothingThere({ method, path }: HttpRequest): Reply {
  const message = `Nothing on this port answers ${method} ${path}.`;
  return errorReply('json-1.0', new AwsError('UnknownOperationException', message, 404));
}

async function answerAws(
  services: GatewayServices,
  http: HttpRequest,
  identified: Identified,
): Promise<Answer> {
  try {
    const reply = await callAws(services, http, identified);
    return reply === NO_ANSWER ? reply : readableBy(http, reply);
  } catch (error) {
    const known = error instanceof AwsError;
    if (known) services.countFailure({ ...identified, http }, error);
    else services.reportFailure(error);
    return readableBy(http, errorReply(identified.protocol, known ? error : failure(error)));
  }
}

async function callAws(
  services: GatewayServices,
  http: HttpRequest,
  { service, operation, protocol }: Identified,
): Promise<Answer> {
  const run = services.aws[service];
  if (run === undefined)
    throw new AwsError(
      'UnknownOperationException',
      `No resource of the stack needs ${service}, so the local machine does not run it.`,
    );
  const principal = services.principals.byAccessKey(accessKeyId(http));
  const functionId = principal.kind === 'role' ? services.functionOfRole(principal.arn) : undefined;
  if (functionId !== undefined) services.counts.add(functionId, service, operation);
  return await services.faults.around(
    {
      service,
      operation,
      functionId,
      http,
    },
    () =>
      run({
        service,
        operation,
        protocol,
        http,
        principal,
      }),
  );
}

function failure(error: unknown): AwsError {
  const message = `The local machine failed: ${(error as Error).message}`;
  return new AwsError('InternalFailure', message, 500);
}
