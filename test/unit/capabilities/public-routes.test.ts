/** The routes that anybody may call, whatever they know: the status of a call, and the terms. */
import { describe, expect, test } from '@jest/globals';
import { routes as callRoutes } from '../../../lambdas/capabilities/calls/calls.handler.ts';
import { routes as termsRoutes } from '../../../lambdas/capabilities/terms/terms.handler.ts';
import { Backend } from '../../fakes/backend.ts';
import { aCall, settings } from '../../fakes/builders.ts';
import { OUTAGE, problem, routesOn } from '../../fakes/requests.ts';

describe('getCall', () => {
  const placed = async () => {
    const backend = new Backend();
    const expiresAt = backend.now() + 1000;
    const call = aCall({ placedAt: backend.now(), expiresAt });
    await backend.write(...backend.calls.place(call, undefined));
    const ask = routesOn('calls', backend, callRoutes);
    return { backend, path: { callId: call.callId }, ask };
  };

  test('shows how a call goes to whoever has its ID', async () => {
    const { backend, path, ask } = await placed();
    const expiresAt = '2026-10-05T12:00:01.000Z';
    expect(await ask('getCall', { path })).toEqual({
      status: 200,
      body: { status: 'CALLING', expiresAt },
    });
    backend.clock.pass(1000);
    expect(await ask('getCall', { path })).toMatchObject({ body: { status: 'EXPIRED' } });
  });

  test.each(['', 'call-1', 'x'.repeat(22)])('finds none by %p', async (callId) => {
    const { ask } = await placed();
    expect(await ask('getCall', { path: { callId } })).toMatchObject(problem('NOT_FOUND'));
  });

  test('is an outage while the database does not answer', async () => {
    const { backend, path, ask } = await placed();
    backend.database.failAlways('read');
    expect(await ask('getCall', { path })).toMatchObject(OUTAGE);
  });
});

describe('getCurrentTerms', () => {
  test.each([
    ['es', 'es'],
    ['en', 'en'],
    [undefined, 'en'],
  ] as const)('asked for %p, shows the terms in %s', async (wanted, language) => {
    const ask = routesOn('terms', { settings: settings() }, termsRoutes);
    const asked = wanted === undefined ? {} : { language: wanted };
    expect(await ask('getCurrentTerms', asked)).toMatchObject({
      status: 200,
      body: { version: '2026-10', language },
    });
  });
});
