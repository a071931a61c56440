import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { AwsError } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { jsonInput, jsonReply, queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { Resource } from '../template/template.ts';

export type Inputs = Pick<LocalContext, 'template' | 'place'>;

/** An operation that describes something: it reads its request, is authorized, and answers. */
export type Description = (inputs: Inputs, call: AwsCall) => Reply;

/** The operations of a service that describe something, by name. */
export type Descriptions = Record<string, Description>;

interface Described<Request> {
  /** The path, where it has members of the request: `/instance/{InstanceId}`. */
  path?: string;
  /** @default - the operation's name after the service's */
  action?: string;
  /**
   * The resource that IAM authorizes it on.
   * @default - every resource or none
   */
  resource?: (inputs: Inputs, request: Request) => string;
  /** The members of the answer. */
  reply: (inputs: Inputs, request: Request) => Record<string, unknown>;
}

/** Makes such an operation of the shape of its requests. */
export function describes<Request>(
  shape: z.ZodType<Request>,
  { path = '', action, resource = () => '*', reply }: Described<Request>,
): Description {
  return (inputs, call) => {
    const request = readRequest(shape, call, path);
    authorise(call, inputs.place, {
      action: action ?? `${call.service}:${call.operation}`,
      resource: resource(inputs, request),
    });
    return answer(call, reply(inputs, request));
  };
}

/** A request without members that count here. */
export const NoMembers = z.object({});

/** @throws AwsError ValidationException, or ValidationError in the query protocol */
function readRequest<Request>(shape: z.ZodType<Request>, call: AwsCall, path: string): Request {
  const { protocol, http } = call;
  const isForm = protocol === 'query';
  const members = isForm
    ? Object.fromEntries(new URLSearchParams(http.body.toString('utf8')))
    : { ...jsonInput(http), ...pathMembers(path, http.path) };
  const parsed = shape.safeParse(members);
  if (parsed.success) return parsed.data;
  const code = isForm ? 'ValidationError' : 'ValidationException';
  throw new AwsError(code, z.prettifyError(parsed.error));
}

function pathMembers(pattern: string, path: string): Record<string, string> {
  const segments = path.split('/');
  return Object.fromEntries(
    pattern.split('/').flatMap((segment, index) => {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      return name === undefined ? [] : [[name, decodeURIComponent(segments[index] ?? '')]];
    }),
  );
}

/** The XML namespaces of the services that answer in the query protocol. */
const NAMESPACES: Partial<Record<AwsCall['service'], string>> = {
  ses: 'http://ses.amazonaws.com/doc/2010-12-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
};

function answer({ service, operation, protocol }: AwsCall, members: Record<string, unknown>) {
  return protocol === 'query'
    ? queryReply(NAMESPACES[service] ?? '', operation, members)
    : jsonReply(protocol, members);
}

/** The resource that a request names. Throws an AwsError where the template has none. */
export function found(resource: Resource | undefined, code: string, message: string): Resource {
  if (resource !== undefined) return resource;
  throw new AwsError(code, message, code === 'NotFoundException' ? 404 : 400);
}
