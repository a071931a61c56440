import type { Reply } from '../gateway/messages.ts';

interface ProxyPayload {
  statusCode: unknown;
  headers?: Record<string, unknown> | null;
  multiValueHeaders?: Record<string, unknown[]> | null;
  body?: unknown;
  isBase64Encoded?: unknown;
}

/** Reads what a function returned. @returns undefined for what API Gateway calls malformed */
export function proxyReply(payload: unknown, requestId: string): Reply | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = payload as ProxyPayload;
  const status = Number(statusCode);
  const text = body ?? '';
  if (!isStatus(status) || typeof text !== 'string') return undefined;
  const single = Object.entries(headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  const multiple = Object.entries(multiValueHeaders ?? {}).map(
    ([name, values]) => [name.toLowerCase(), values.map(String)] as const,
  );
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries<string | string[]>([...single, ...multiple]),
    },
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}

function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 100 && status <= 599;
}
