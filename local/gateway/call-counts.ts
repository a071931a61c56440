import type { HttpRequest, Reply } from './messages.ts';

/** How often each function called each AWS operation: the cost of a sign-in, for the benchmarks. */
export interface CallCounts {
  add: (functionId: string, service: string, operation: string) => void;
  /** `GET /_local/aws-calls` returns the counts, `DELETE` returns them and starts again at zero. */
  handler: (http: HttpRequest) => Promise<Reply | undefined>;
}

export function createCallCounts(): CallCounts {
  const counts = new Map<string, number>();
  return {
    add(functionId, service, operation) {
      const name = `${functionId} ${service}:${operation}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    handler({ method, path }) {
      if (path !== '/_local/aws-calls') return Promise.resolve(undefined);
      const body = JSON.stringify(Object.fromEntries(counts));
      if (method === 'DELETE') counts.clear();
      return Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body,
      });
    },
  };
}
