import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ROUTE_LIST, type RouteName } from '../../../contract/routes.ts';
import { Employee, HANA } from '../clients/employee.ts';
import { ADA, type Answer, ERIN, Machine, PASSWORD } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, details, Registrant } from '../clients/registrant.ts';

let machine: Machine;
let ada: string;
let hana: string;
beforeAll(async () => {
  machine = await Machine.boot();
  await signInBoth();
});
afterAll(async () => machine.stop());

async function signInBoth(): Promise<void> {
  ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
  hana = (await new Employee(machine).signIn(HANA)).access_token;
}

/** The token that a route takes, where it needs no flow. */
function tokenFor({ access }: { access: string }): string | undefined {
  if (access === 'HELP_DESK') return hana;
  return ['ADMIN', 'USER'].includes(access) ? ada : undefined;
}

const HALF = '\ud83d';

/** What each route takes, in each of its forms. */
const BODIES: Partial<Record<RouteName, object[]>> = {
  startProviderRegistration: [{ npi: CEDAR.npi, registrationCode: 'CEDAR-0000-0000' }],
  createAccount: [details()],
  correctContactEmail: [{ email: 'new.doc@cedargrove.example' }],
  requestLink: [{ username: 'jrivera' }, { email: ERIN.email, password: 'wrong-password' }],
  showRegistrationLink: [{ linkToken: 'x'.repeat(43) }],
  openMfaRegistration: [
    { username: 'jrivera', password: 'wrong-password' },
    { linkToken: 'x'.repeat(43) },
  ],
  chooseMethod: [{ method: 'PHONE' }],
  enterEmail: [{ email: 'new.doc@cedargrove.example' }],
  verifyEmail: [{ code: '123456' }],
  setPassword: [{ password: 'seven77' }],
  enterPhone: [{ phoneNumber: '(202) 555-0199', channel: 'SMS' }],
  verifyPhone: [{ code: '123456' }, { call: 'CONFIRMED' }],
  startPasswordReset: [{ email: ERIN.email }],
  resendResetEmail: [{}],
  verifyResetEmail: [{ code: '123456' }],
  chooseResetChannel: [{ channel: 'SMS' }],
  verifyResetPhone: [{ code: '123456' }, { call: 'CONFIRMED' }],
  resetPassword: [{ password: 'seven77' }],
  resetRegistration: [{ reason: 'Lost phone' }],
  correctUserEmail: [{ email: 'm.chen@cedargrove.example' }],
  setUserStatus: [{ status: 'ENABLED' }],
  chooseLanguage: [{ language: 'es' }],
  changePassword: [{ currentPassword: PASSWORD, newPassword: 'seven77' }],
  changeEmail: [{ email: 'ada.new@cedargrove.example' }],
  verifyNewEmail: [{ code: '123456' }],
  undoEmailChange: [{ linkToken: 'x'.repeat(43) }],
  changePhone: [{ phoneNumber: '(202) 555-0199', channel: 'SMS' }],
  verifyNewPhone: [{ code: '123456' }, { call: 'CONFIRMED' }],
  startPasskeySignIn: [{}],
  startPasskey: [{}],
  addPasskey: [
    {
      name: 'Desk',
      credential: {
        id: 'x',
        rawId: 'x',
        type: 'public-key',
        response: { clientDataJSON: 'x', attestationObject: 'x' },
      },
    },
  ],
  renamePasskey: [{ name: 'Desk' }],
  issueRecoveryCodes: [{}],
  resetPerson: [{ reason: 'Lost phone' }],
  setPersonStatus: [{ status: 'ENABLED', reason: 'Is back' }],
  correctPersonEmail: [{ email: 'm.chen@cedargrove.example', reason: 'Moved' }],
  resendPersonLink: [{ reason: 'Never came' }],
  unlockPerson: [{ reason: 'Called back' }],
  decideApproval: [{ decision: 'DENIED' }],
  issueRegistrationCodes: [{ count: 1, role: 'STANDARD', reason: 'New practice' }],
};
const FORMS = ROUTE_LIST.filter(({ body }) => body !== undefined).flatMap((route) =>
  (BODIES[route.name] ?? []).map((form) => ({ route, form })),
);
const FIELDS = FORMS.flatMap(({ route, form }) =>
  Object.keys(form).map((field) => ({ route, form, field })),
);

const pathOf = (template: string) =>
  template
    .replace('{username}', 'mchen')
    .replace('{npi}', CEDAR.npi)
    .replace(/\{(passkeyId|approvalId)\}/, 'x');

test('every route with a body is tried', () => {
  expect(Object.keys(BODIES).sort()).toEqual(
    ROUTE_LIST.flatMap(({ name, body }) => (body === undefined ? [] : [name])).sort(),
  );
});

describe('an unpaired surrogate', () => {
  const judged = ['setPassword', 'resetPassword'];
  const refused = FIELDS.filter(({ route }) => !judged.includes(route.name)).map(
    ({ route, form, field }) => [`${route.method} ${route.path}`, field, route, form] as const,
  );

  test.each(refused)('%s refuses it in %s, by name', async (_route, field, route, form) => {
    const answer = await machine.api(
      route.method,
      pathOf(route.path),
      { ...form, [field]: `${(form as Record<string, string>)[field]}${HALF}` },
      tokenFor(route),
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    // Where a route takes one of several forms and this is none, no field can be named.
    expect(['options' in (route.body as object) ? '' : field, field]).toContain(
      answer.body.fields[0].path,
    );
  });

  test('a surrogate pair is an ordinary character', async () => {
    expect(
      await machine.api('POST', '/mfa-registrations', {
        username: 'jrivera',
        password: '\u{1f422}-wrong',
      }),
    ).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_INVALID' } });
  });
});

describe('a value that no rule takes', () => {
  test.each(['', 'x', 'x'.repeat(42), 'x'.repeat(44), 'ü'.repeat(43), '\0'])(
    'is an invalid link: %j',
    async (linkToken) => {
      for (const path of ['/mfa-registrations', '/registration-links/details'])
        expect(await machine.api('POST', path, { linkToken })).toMatchObject({
          status: 403,
          body: { code: 'LINK_INVALID' },
        });
    },
  );

  test.each([
    ['nothing', ''],
    ['NUL', '\0'],
    ['257 characters', 'x'.repeat(257)],
    ['5,000 characters', 'x'.repeat(5_000)],
  ])('is a wrong password, of known and of unknown usernames: %s', async (_what, password) => {
    const opened = await Promise.all(
      ['jrivera', 'eemail', 'nobody-here'].map((username) =>
        machine.api('POST', '/mfa-registrations', { username, password }),
      ),
    );
    for (const answer of opened)
      expect(answer).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_INVALID' } });
    expect(
      (await machine.api('POST', '/registration-links', { email: ERIN.email, password })).status,
    ).toBe(202);
  });

  const PASSWORDS: [string, string][] = [
    ['', 'PASSWORD_TOO_SHORT'],
    ['seven77', 'PASSWORD_TOO_SHORT'],
    ['x1'.repeat(129), 'PASSWORD_TOO_LONG'],
    ['x1'.repeat(3_000), 'PASSWORD_TOO_LONG'],
    [`half-a-turtle-${HALF}`, 'PASSWORD_INVALID'],
    ['nothing-\0-nothing', 'PASSWORD_INVALID'],
  ];
  const refusedBy = async (put: (password: string) => Promise<Answer>) => {
    for (const [password, code] of PASSWORDS)
      expect(await put(password)).toMatchObject({ status: 422, body: { code } });
  };

  test('is refused with its reason as a new password in a registration', async () => {
    const registrant = new Registrant(machine);
    await registrant.open({ username: 'mchen', password: 'Portal-Pass-2025' });
    await registrant.step('PUT', '/method', { method: 'EMAIL' });
    await registrant.verifyEmail('m.chen@cedargrove.example');
    await refusedBy((password) => registrant.step('PUT', '/password', { password }));
  });

  test('is refused with its reason as a new password in a reset', async () => {
    const known = await machine.codes(ERIN.email);
    const { flowToken } = (await machine.api('POST', '/password-resets', { email: ERIN.email }))
      .body;
    const step = (method: string, path: string, body: object) =>
      machine.api(method, `/password-resets/current${path}`, body, flowToken);
    await step('POST', '/email/verification', { code: await machine.code(ERIN.email, known) });
    await refusedBy((password) => step('PUT', '/password', { password }));
  });
});

describe('in a path or a query', () => {
  const ODD = [
    ['a letter', 'x'],
    ['more than a key may have', 'x'.repeat(3_000)],
    ['NUL', '%00'],
    ['an unpaired surrogate', '%ED%A0%80'],
    ['a turtle', '%F0%9F%90%A2'],
    ['a bare percent sign', '%'],
    ['a path', '..%2F..'],
    ['a line feed', `${'x'.repeat(21)}%0A`],
  ] as const;

  test.each(ODD)('%s does not find a call, a device or a user', async (_what, odd) => {
    expect(await machine.api('GET', `/calls/${odd}`)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(
      await machine.api('DELETE', `/me/remembered-devices/${odd}`, undefined, ada),
    ).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await machine.api('GET', `/admin/users/${odd}`, undefined, ada)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
  });

  test.each(ODD)('%s finds nothing, or is refused as a search', async (_what, odd) => {
    const { status, body } = await machine.api('GET', `/admin/users?search=${odd}`, undefined, ada);
    expect([
      [200, []],
      [400, undefined],
    ]).toContainEqual([status, body.users]);
  });
});

describe('any body', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      HALF,
      '\0',
      '\ufeff',
      '\u202e',
      '__proto__',
      '١٢٣٤٥٦',
      'a@b.example\r\nbcc: c@d.example',
    ),
  );
  const value = fc.oneof(
    text,
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(-0, 1e308, 123456, true, null),
  );
  const ending = fc.constantFrom(HALF, '\0', ' ', 'x'.repeat(2_100));

  test('never answers with a 5xx, on every route', async () => {
    const { token } = await opened();
    const arbitrary = fc.constantFrom(...FIELDS).chain(({ route, form, field }) => {
      const usual = (form as Record<string, string>)[field];
      const odd = fc.oneof(
        value,
        ending.map((end) => `${usual}${end}`),
      );
      const more = fc.oneof(
        { arbitrary: fc.constant({}), weight: 4 },
        fc.dictionary(text, value, { maxKeys: 2 }),
      );
      return fc.tuple(fc.constant(route), odd, more).map(([of, given, others]) => ({
        route: of,
        body: { ...others, ...form, [field]: given },
      }));
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ route, body }) => {
        const { status } = await machine.api(
          route.method,
          pathOf(route.path),
          body,
          route.access === 'FLOW' ? token : tokenFor(route),
        );
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });

  async function opened(): Promise<Registrant> {
    const registrant = new Registrant(machine);
    await machine.advance(3_700);
    await signInBoth();
    await registrant.open({ username: 'mchen', password: 'Portal-Pass-2025' });
    return registrant;
  }
});
