import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { HttpRequest, Protocol, Reply } from './messages.ts';

const JSON_TYPES: Partial<Record<Protocol, string>> = {
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
};

/** A successful JSON answer. */
export function jsonReply(protocol: Protocol, output: unknown): Reply {
  return {
    status: 200,
    headers: {
      'content-type': JSON_TYPES[protocol] ?? 'application/json',
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify(output ?? {}),
  };
}

/** Reads a JSON input; an absent body is an empty input. */
export function jsonInput(http: HttpRequest): Record<string, unknown> {
  if (http.body.length === 0) return {};
  try {
    const input: unknown = JSON.parse(http.body.toString('utf8'));
    if (typeof input === 'object' && input !== null && !Array.isArray(input))
      return input as Record<string, unknown>;
  } catch {
    /* answered below, like JSON that is not an object */
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

/**
 * A successful answer of a query-protocol operation.
 * @param members the members of the result; nested objects become nested elements
 */
export function queryReply(
  namespace: string,
  operation: string,
  members: Record<string, unknown>,
): Reply {
  const result = `<${operation}Result>${toXml(members)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  const response = `${operation}Response`;
  const body = `<${response} xmlns="${namespace}">${result}${metadata}</${response}>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body,
  };
}

/** Writes an error as the protocol's clients read it. */
export function errorReply(protocol: Protocol, error: AwsError): Reply {
  const requestId = randomUUID();
  if (protocol === 'query' || protocol === 'rest-xml') return xmlError(protocol, error, requestId);
  return {
    status: error.status,
    headers: {
      'content-type': JSON_TYPES[protocol] ?? 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': `${error.code}:`,
      'x-amzn-errormessage': headerText(error.message),
    },
    body: JSON.stringify({
      __type: error.code,
      message: error.message,
      ...error.details,
    }),
  };
}

function xmlError(
  protocol: Protocol,
  { code, message, status }: AwsError,
  requestId: string,
): Reply {
  const error = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  const id = `<RequestId>${requestId}</RequestId>`;
  const type = `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`;
  const body =
    protocol === 'rest-xml'
      ? `<?xml version="1.0" encoding="UTF-8"?><Error>${error}${id}</Error>`
      : `<ErrorResponse><Error>${type}${error}</Error>${id}</ErrorResponse>`;
  return {
    status,
    headers: {
      'content-type': 'text/xml',
      'x-amzn-requestid': requestId,
    },
    body,
  };
}

function toXml(members: Record<string, unknown>): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${xmlContent(value)}</${name}>`)
    .join('');
}

function xmlContent(value: unknown): string {
  if (Array.isArray(value))
    return value.map((member) => `<member>${xmlContent(member)}</member>`).join('');
  return typeof value === 'object' && value !== null
    ? toXml(value as Record<string, unknown>)
    : escapeXml(String(value));
}

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
