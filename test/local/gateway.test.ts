import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { createClock } from '../../local/clock.ts';
import { createControl } from '../../local/control/control.ts';
import type { GatewayServices } from '../../local/gateway/answer.ts';
import { openGateway, type Gateway } from '../../local/gateway/gateway.ts';
import type { WebHandler } from '../../local/gateway/messages.ts';

let gateway: Gateway;
let reported: unknown[];
beforeEach(async () => {
  reported = [];
  gateway = await openGateway(0);
});
afterEach(async () => {
  await gateway.close();
});

/** Serves pages only. */
function serve(...web: WebHandler[]): void {
  gateway.serve({
    web,
    publicWeb: [],
    origins: [],
    now: Date.now,
    reportFailure: (error: unknown) => reported.push(error),
  } as unknown as GatewayServices);
}

const get = async (path: string, init: RequestInit = {}): Promise<Response> =>
  await fetch(`http://127.0.0.1:${gateway.port}${path}`, init);

describe('the port', () => {
  test('answers 503 from the moment it is open until it has services', async () => {
    const response = await get('/_local/health');
    expect([response.status, await response.json()]).toEqual([503, { status: 'starting' }]);
  });

  test('answers 500 and says what failed when a page throws, and reports it', async () => {
    serve(() => Promise.reject(new Error('the page is torn')));
    const response = await get('/page');
    expect([response.status, await response.json()]).toEqual([
      500,
      { error: 'The local machine failed: the page is torn' },
    ]);
    expect(reported).toEqual([new Error('the page is torn')]);
  });

  test('answers 500 when a reply cannot be sent as it is', async () => {
    serve(() => Promise.resolve({ status: 200, headers: { 'x-torn': 'a\nb' }, body: '' }));
    expect((await get('/page')).status).toBe(500);
  });

  test('answers 413 to a body that is too long, which is not a failure of the machine', async () => {
    serve();
    expect(
      (await get('/page', { method: 'POST', body: Buffer.alloc(17 * 1024 * 1024) })).status,
    ).toBe(413);
    expect(reported).toEqual([]);
  });

  test('answers 400 to a target that is not a path', async () => {
    serve();
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: gateway.port, path: '//' }, (incoming) =>
        resolve(incoming.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});

test('the clock ends before years need five digits', async () => {
  const clock = createClock(Date.UTC(9899, 11, 31) - Date.now());
  serve(
    createControl({
      clock,
      machine: { clockMoved: () => undefined },
    } as unknown as Parameters<typeof createControl>[0]),
  );
  const move = async (advanceSeconds: number): Promise<Response> =>
    await get('/_local/clock', { method: 'POST', body: JSON.stringify({ advanceSeconds }) });
  const refused = await move(86_400);
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: expect.stringContaining('past 9900-01-01T00:00:00.000Z') },
  ]);
  expect(await (await move(60)).json()).toEqual({
    now: expect.stringMatching(/^9899-12-31T00:01:/),
  });
});
