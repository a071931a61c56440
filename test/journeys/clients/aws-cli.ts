/**
 * Requests as the AWS CLI writes them: signed (SigV4), and in the protocols of its major versions.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Machine } from './machine.ts';

export interface CliRequest {
  /** The service's name in the credential scope. */
  scope: string;
  headers: Record<string, string>;
  body: string;
  /** `--no-sign-request`. */
  unsigned?: boolean;
}

/** A JSON protocol: the operation is in a header. */
export const jsonRequest = (
  scope: string,
  target: string,
  input: object,
  { version = '1.1', more = {} }: { version?: string; more?: Record<string, string> } = {},
): CliRequest => ({
  scope,
  headers: {
    'x-amz-target': target,
    'content-type': `application/x-amz-json-${version}`,
    ...more,
  },
  // Python separates with a space.
  body: JSON.stringify(input).replaceAll('":', '": '),
});

/** The query protocol: the operation is in a form. */
export const queryRequest = (scope: string, form: Record<string, string>): CliRequest => ({
  scope,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: new URLSearchParams(form).toString(),
});

export async function askAsCli({ stack }: Machine, request: CliRequest): Promise<Response> {
  const headers = request.unsigned === true ? request.headers : signed(stack, request);
  return fetch(`${stack.endpoint}/`, { method: 'POST', headers, body: request.body });
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

function signed(stack: Machine['stack'], { scope, headers, body }: CliRequest) {
  const { endpoint, outputs, operatorCredentials } = stack;
  const { accessKeyId, secretAccessKey } = operatorCredentials;
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const all: Record<string, string> = { ...headers, 'x-amz-date': date };
  const named = Object.entries({ ...all, host: new URL(endpoint).host }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const names = named.map(([name]) => name).join(';');
  const lines = named.map(([name, value]) => `${name}:${value}\n`).join('');
  const canonical = ['POST', '/', '', lines, names, sha256(body)].join('\n');
  const parts = [date.slice(0, 8), outputs.region, scope, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', date, parts.join('/'), sha256(canonical)].join('\n');
  const key = parts.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const credential = `Credential=${[accessKeyId, ...parts].join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...all, authorization };
}
