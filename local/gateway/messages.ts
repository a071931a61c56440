import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../iam/principals.ts';

/** An HTTP request, read whole. */
export interface HttpRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The socket's own address: never taken from a header. */
  sourceIp: string;
}

/** A request header's single value. */
export function header(http: HttpRequest, name: string): string | undefined {
  const value = http.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The answer to a request. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

/** Answers requests that no AWS client sent: `undefined` passes the request on. */
export type WebHandler = (http: HttpRequest) => Promise<Reply | undefined>;

/** The AWS services on the port, by the names that faults use. */
export type ServiceName =
  | 'cognito'
  | 'dynamodb'
  | 'dynamodb-streams'
  | 'ses'
  | 'sns'
  | 'sqs'
  | 'kms'
  | 'ssm'
  | 's3'
  | 'cloudformation'
  | 'sts'
  | 'logs'
  | 'connect'
  | 'lambda'
  | 'apigateway'
  | 'wafv2'
  | 'servicequotas'
  | 'events'
  | 'cloudtrail'
  | 'cloudwatch';

/** How a service's answers and errors are written. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'query' | 'rest-json' | 'rest-xml';

/** One call of an AWS operation, before its input is read. */
export interface AwsCall {
  service: ServiceName;
  operation: string;
  protocol: Protocol;
  http: HttpRequest;
  principal: Principal;
}

/** An emulated service: answers a call or throws an AwsError. */
export type AwsService = (call: AwsCall) => Promise<Reply>;
