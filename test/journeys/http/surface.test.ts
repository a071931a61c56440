import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '../../../contract/problems.ts';
import { MAX_BODY_BYTES, ROUTE_LIST } from '../../../contract/routes.ts';
import { Machine, PASSWORD, LEE } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { LAKE } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

const pathOf = (template: string) => template.replace(/\{\w+\}/g, 'x'.repeat(22));

type Route = (typeof ROUTE_LIST)[number];

const namedRoutes = (isMeant: (route: Route) => boolean) =>
  ROUTE_LIST.filter(isMeant).map((route) => [route.name, route] as const);

const needsAccess = ({ access }: Route) => access !== 'PUBLIC';
/** Public routes that have an answer for a request without a field. */
const ANSWERED_WITHOUT_FIELDS = ['getCurrentTerms', 'startPasskeySignIn'];
const needsFields = (route: Route) =>
  !needsAccess(route) && !ANSWERED_WITHOUT_FIELDS.includes(route.name);

/** A request without fields, and with a token that nobody issued where the route needs one. */
function bareRequest({ method, path, access }: Route) {
  return machine.api(
    method,
    pathOf(path),
    method === 'GET' ? undefined : {},
    access === 'PUBLIC' ? undefined : 'x'.repeat(43),
  );
}

function expectProblem({ status, body, headers }: Awaited<ReturnType<typeof bareRequest>>): void {
  expect(headers.get('content-type')).toContain(PROBLEM_MEDIA_TYPE);
  expect(PROBLEMS[body.code as keyof typeof PROBLEMS][0]).toBe(status);
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    requestId: expect.any(String),
  });
}

describe('every route', () => {
  test.each(namedRoutes(needsAccess))(
    '%s refuses a caller without its access',
    async (_, route) => {
      const answer = await bareRequest(route);
      expect([400, 401]).toContain(answer.status);
      expectProblem(answer);
    },
  );

  test.each(namedRoutes(needsFields))('%s refuses a request without fields', async (_, route) => {
    expectProblem(await bareRequest(route));
  });

  test.each(namedRoutes(() => true))('%s has the headers of security', async (_, route) => {
    const { headers } = await bareRequest(route);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
  });

  test('an unknown route is answered with problem details', async () => {
    expect(await machine.api('GET', '/nowhere')).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await machine.api('DELETE', '/password-resets')).toMatchObject({
      body: { code: expect.any(String) },
    });
  });
});

describe('bodies', () => {
  const withBody = ROUTE_LIST.filter(
    ({ body, access }) => body !== undefined && access === 'PUBLIC',
  );

  test.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['a string', '"x"'],
    ['1,000 levels', '['.repeat(1_000) + ']'.repeat(1_000)],
    ['__proto__', '{"__proto__":{"email":"a@b.example"}}'],
    ['constructor', '{"constructor":{"prototype":{"x":1}}}'],
  ])('%s is 400, on every public route', async (_what, body) => {
    for (const { method, path } of withBody)
      expect(await machine.api(method, path, body)).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID' },
      });
  });

  test('nothing is 400 on every public route that needs something', async () => {
    const needing = withBody.filter(({ body }) => body?.safeParse({}).success === false);
    for (const { method, path } of needing)
      expect(await machine.api(method, path, '')).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID' },
      });
  });

  test('a large one is 413', async () => {
    for (const { method, path } of withBody)
      expect(
        await machine.api(method, path, JSON.stringify({ x: 'x'.repeat(MAX_BODY_BYTES) })),
      ).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    expect(
      (await machine.api('POST', '/password-resets', JSON.stringify({ x: 'x'.repeat(1_000_000) })))
        .status,
    ).toBe(413);
  });

  test('no request leads to a 500 or a stack trace', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...withBody),
        fc.json({ maxDepth: 4 }),
        async ({ method, path }, body) => {
          const answer = await machine.api(method, path, body);
          expect(answer.status).toBeLessThan(500);
          expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.m?js|node:/);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('origins', () => {
  const preflight = async (origin: string) =>
    fetch(`${machine.outputs.apiUrl}/password-resets`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  test('only the portal may read answers', async () => {
    expect(
      (await preflight('http://localhost:3000')).headers.get('access-control-allow-origin'),
    ).toBe('http://localhost:3000');
    for (const origin of [
      'http://localhost:30000',
      'https://localhost:3000',
      'http://evil.example',
      'null',
    ]) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).not.toBe(origin);
      const read = await fetch(`${machine.outputs.apiUrl}/terms/current`, { headers: { origin } });
      expect(read.headers.get('access-control-allow-origin')).not.toBe(origin);
    }
  });
});

describe('source addresses', () => {
  test('come from the gateway: a forged X-Forwarded-For opens no new budget', async () => {
    const guess = (number: number) =>
      machine.api(
        'POST',
        '/provider-registrations',
        { npi: LAKE.npi, registrationCode: `FORGED-${number}` },
        {
          headers: {
            'x-forwarded-for': `203.0.113.${number}`,
            forwarded: `for=203.0.113.${number}`,
          },
        },
      );
    const answers = [];
    for (let number = 1; number <= 12; number += 1) answers.push((await guess(number)).status);
    expect(answers.filter((status) => status === 403)).toHaveLength(10);
    expect(answers.at(-1)).toBe(429);
  });

  test('a budget holds under 1,000 requests at once', async () => {
    await machine.advance(3_700);
    const guess = (number: number) =>
      machine.api('POST', '/provider-registrations', {
        npi: '1003000126',
        registrationCode: `CROWD-${number}`,
      });
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, number) => guess(number)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(10);
    expect(statuses.filter((status) => status === 403).length).toBeGreaterThan(0);
    expect(statuses.every((status) => [403, 429, 503].includes(status))).toBe(true);
  });

  test('a spent budget of guesses does not keep anybody from signing in', async () => {
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });
});
