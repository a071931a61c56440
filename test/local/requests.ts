/** Requests and calls as services get them, without a port. */
import type { AwsCall, HttpRequest, Protocol, Reply } from '../../local/gateway/messages.ts';
import type { Principal } from '../../local/iam/principals.ts';
import { readPolicy } from '../../local/iam/statements.ts';
import type { Place } from '../../local/template/place.ts';

export const PLACE: Place = {
  region: 'us-east-1',
  account: '000000000000',
  partition: 'aws',
  stackName: 'PortalAuth-test',
  endpoint: 'http://127.0.0.1:4566',
  publicEndpoint: 'http://localhost:4566',
};

export interface RequestParts {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | object | Buffer;
}

export function httpRequest(parts: RequestParts = {}): HttpRequest {
  const { method = 'GET', path = '/', query = {}, headers = {}, body = '' } = parts;
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { host: 'localhost:4566', ...headers },
    body: bytesOf(body),
    sourceIp: '127.0.0.1',
  };
}

function bytesOf(body: string | object | Buffer): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

export const OPERATOR: Principal = {
  kind: 'operator',
  arn: 'arn:aws:iam::000000000000:user/operator',
};
export const STRANGER: Principal = { kind: 'stranger' };

/** A role that may do what its statements say. */
export function role(...Statement: object[]): Principal {
  return {
    kind: 'role',
    arn: 'arn:aws:iam::000000000000:role/tested',
    statements: readPolicy({ Version: '2012-10-17', Statement }, 'a test'),
  };
}

export interface CallParts extends RequestParts {
  principal?: Principal;
  /** @default - what most clients of the service speak */
  protocol?: Protocol;
}

export const PROTOCOLS = {
  sts: 'query',
  logs: 'json-1.1',
  dynamodb: 'json-1.0',
  sqs: 'json-1.0',
  cognito: 'json-1.1',
  kms: 'json-1.1',
  ssm: 'json-1.1',
  ses: 'query',
  sns: 'query',
  cloudformation: 'query',
  connect: 'rest-json',
  s3: 'rest-xml',
  lambda: 'rest-json',
  apigateway: 'rest-json',
  wafv2: 'json-1.1',
  servicequotas: 'json-1.1',
  events: 'json-1.1',
  cloudwatch: 'json-1.0',
} as const;

/** A call of an operation; by default the operator's. */
export function awsCall(
  service: keyof typeof PROTOCOLS,
  operation: string,
  { principal = OPERATOR, protocol = PROTOCOLS[service], ...parts }: CallParts = {},
): AwsCall {
  const http = httpRequest({ method: 'POST', ...parts });
  return { service, operation, protocol, http, principal };
}

/** The JSON of a reply. */
export function jsonOf(reply: Reply | undefined): unknown {
  return JSON.parse(String(reply?.body));
}
