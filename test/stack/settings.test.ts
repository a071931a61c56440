import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { readSettings, SettingsFault } from '../../lib/read-settings.ts';
import { StageSettings } from '../../lib/settings.ts';
import { warningsOf } from '../../lib/warnings.ts';

const { stages } = JSON.parse(readFileSync('cdk.json', 'utf8')).context;
const smallest = {
  portalName: 'Cedar Provider Portal',
  portalOrigins: ['https://portal.example'],
  sender: { email: 'no-reply@portal.example', sesIdentity: 'portal.example' },
  sms: { spendAlarmUsd: 25 },
  terms: { version: '2026-10' },
};

/** The faults of a stage that has these changes to the smallest valid one. */
function faults(change: object): string[] {
  try {
    readSettings({ odd: { ...smallest, ...change } }, 'odd');
    return [];
  } catch (fault) {
    if (!(fault instanceof SettingsFault)) throw fault;
    return fault.message.split('\n').slice(1);
  }
}

describe('the settings of a stage', () => {
  test.each(Object.keys(stages))('of %s are valid', (stage) => {
    expect(readSettings(stages, stage).stage).toBe(stage);
  });

  test('default to the numbers of the public contract', () => {
    expect(readSettings({ odd: smallest }, 'odd')).toMatchObject({
      allowedCountries: ['US'],
      codeLife: { emailSignIn: 30, sms: 300, emailVerification: 600, call: 120 },
      linkLife: 1200,
      rememberDeviceHours: 4,
      sessionHours: 4,
      voiceConfirmation: 'POUND',
      limits: {
        wrongAnswersPerHour: 20,
        wrongAnswersInARow: 100,
        phoneSendsPerQuarterHour: 5,
        emailSendsPerQuarterHour: 10,
        sendsPerDay: 20,
      },
    });
  });

  test('report every fault at once, with name, value and remedy', () => {
    const found = faults({
      portalOrigins: [],
      codeLife: { sms: 9000 },
      sessionHours: 'four',
      limits: { wrongAnswersInARow: 101 },
    });
    expect(found).toEqual([
      '  - stages.odd.portalOrigins = []: must name at least one origin, ' +
        'because mailed links lead to the first',
      '  - stages.odd.codeLife.sms = 9000: must be a whole number of seconds from 30 to 600',
      '  - stages.odd.sessionHours = "four": must be a whole number of hours from 1 to 24',
      '  - stages.odd.limits.wrongAnswersInARow = 101: must be a whole number from 10 to 100',
    ]);
  });

  test.each([
    ['a path after the origin', { portalOrigins: ['https://portal.example/'] }, 'portalOrigins.0'],
    ['http beyond localhost', { portalOrigins: ['http://portal.example'] }, 'portalOrigins.0'],
    ['any origin', { portalOrigins: ['*'] }, 'portalOrigins.0'],
    ['an origin that is not a URL', { portalOrigins: ['portal.example'] }, 'portalOrigins.0'],
    [
      'a sender that SES would refuse',
      { sender: { email: 'a@portal.example', sesIdentity: 'other.example' } },
      'sender.sesIdentity',
    ],
    ['line breaks in the name', { portalName: 'Cedar\r\nBcc: x' }, 'portalName'],
    ['markup in the name', { portalName: '<b>Cedar</b>' }, 'portalName'],
    [
      'a voice that would silence calls',
      {
        connect: { instanceArn: connectArn(), sourcePhoneNumber: '+12025550100', voice: 'Nobody' },
      },
      'connect.voice',
    ],
    [
      'a voice that speaks no Spanish for calls in Spanish',
      {
        connect: {
          instanceArn: connectArn(),
          sourcePhoneNumber: '+12025550100',
          voiceEs: 'Joanna',
        },
      },
      'connect.voiceEs',
    ],
    [
      'Connect without an instance',
      { connect: { sourcePhoneNumber: '+12025550100' } },
      'connect.instanceArn',
    ],
    ['a country by name', { allowedCountries: ['USA'] }, 'allowedCountries.0'],
    ['an unknown country code', { allowedCountries: ['US', 'UK'] }, 'allowedCountries.1'],
    [
      'a code that lives past ten minutes',
      { codeLife: { emailVerification: 601 } },
      'codeLife.emailVerification',
    ],
    [
      'workforce domains without a sign-in page',
      { workforceEmailDomains: ['workforce.example'] },
      'workforceLoginUrl',
    ],
    [
      'a workforce page without TLS',
      { workforceLoginUrl: 'http://workforce.example' },
      'workforceLoginUrl',
    ],
    ['an unknown way to confirm a call', { voiceConfirmation: 'STAR' }, 'voiceConfirmation'],
    ['a missing amount for the alarm', { sms: {} }, 'sms.spendAlarmUsd'],
    ['missing terms', { terms: undefined }, 'terms'],
  ])('fail for %s', (_what, change, name) => {
    expect(faults(change)).toEqual([expect.stringContaining(`stages.odd.${name} = `)]);
  });

  test('fail for an unknown name instead of ignoring it', () => {
    expect(faults({ sesionHours: 8, limits: { sendPerDay: 1 } })).toEqual([
      '  - stages.odd.limits.sendPerDay is not a setting: correct its name or remove it',
      '  - stages.odd.sesionHours is not a setting: correct its name or remove it',
    ]);
  });

  test('fail for terms without a text, and list those that exist', () => {
    expect(faults({ terms: { version: '1999-01' } })).toEqual([
      expect.stringContaining(
        'stages.odd.terms.version = "1999-01": must be one of 2026-09, 2026-10',
      ),
    ]);
  });

  test('may name a parent domain of the sender as its SES identity', () => {
    const email = 'no-reply@mail.portal.example';
    expect(faults({ sender: { email, sesIdentity: 'portal.example' } })).toEqual([]);
    expect(faults({ sender: { email, sesIdentity: 'ortal.example' } })).toHaveLength(1);
  });

  test.each([
    ['another account', { account: '999999999999', region: 'us-east-1' }],
    ['another Region', { account: '111122223333', region: 'us-west-2' }],
  ])('fail for an Amazon Connect instance in %s', (_where, env) => {
    const connect = { instanceArn: connectArn(), sourcePhoneNumber: '+12025550100' };
    expect(faults({ connect, env })).toEqual([
      expect.stringContaining('must be in the account and Region of env'),
    ]);
  });

  test('fail where no stage is chosen, and list those that exist', () => {
    expect(() => readSettings(stages, undefined)).toThrow(
      'No stage is chosen. Add -c stage=NAME to the command, with a stage of the context in ' +
        'cdk.json: local, example, large',
    );
  });

  test('warn of what is valid and unwise', () => {
    const unwise = readSettings(
      {
        odd: {
          ...smallest,
          rememberDeviceHours: 8,
          limits: { requestBurst: 10 },
          connect: { instanceArn: connectArn(), sourcePhoneNumber: '+12025550100' },
        },
      },
      'odd',
    );
    expect(Object.keys(warningsOf(unwise))).toEqual([
      'noOriginationNumber',
      'noAlarmEmail',
      'remembersLongerThanSession',
      'burstBelowRate',
      'connectElsewhere',
    ]);
    expect(warningsOf(readSettings(stages, 'example'))).toEqual({});
  });

  test('are all documented, with their defaults and bounds', () => {
    const rows = [
      ...readFileSync('docs/settings.md', 'utf8').matchAll(/^\| `([\w.]+)` \| (.*?) \| (.*?) \|/gm),
    ].map(([, name, byDefault, bounds]) => ({ name, byDefault, bounds }));
    const settings = leaves(
      z.toJSONSchema(StageSettings, { io: 'input', unrepresentable: 'any' }),
    ).filter(({ name }) => name !== 'stage');
    expect(rows.map(({ name }) => name).sort()).toEqual(settings.map(({ name }) => name).sort());
    const documented = Object.fromEntries(rows.map(({ name, ...row }) => [name, row]));
    for (const { name, schema, required } of settings)
      expect([name, documented[name]]).toEqual([name, expectedRow(schema, required)]);
  });

  test('name the setting in every fault, whatever its value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(smallest), 'limits', 'connect', 'codeLife'),
        fc.jsonValue(),
        (name, value) => {
          const found = faults({ [name]: value });
          expect(found.every((fault) => fault.startsWith(`  - stages.odd.${name}`))).toBe(true);
        },
      ),
    );
  });
});

interface Setting {
  name: string;
  schema: z.core.JSONSchema.JSONSchema;
  required: boolean;
}

/** The settings of a schema that are not objects themselves, by their dotted names. */
function leaves(
  { properties = {}, required = [] }: z.core.JSONSchema.JSONSchema,
  prefix = '',
): Setting[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (typeof schema === 'boolean') return [];
    return schema.properties === undefined
      ? [{ name: prefix + name, schema, required: required.includes(name) }]
      : leaves(schema, `${prefix}${name}.`);
  });
}

/** What the page of settings must say of a setting; its further words are free. */
function expectedRow(
  { default: fallback, minimum, maximum }: Setting['schema'],
  required: boolean,
) {
  const isShown = typeof fallback === 'number' || typeof fallback === 'string';
  const byDefault = isShown ? `\`${fallback}\`` : expect.any(String);
  const bounds =
    minimum === undefined
      ? expect.any(String)
      : expect.stringMatching(new RegExp(`^${minimum} to ${maximum}\\b`));
  return { byDefault: required ? '–' : byDefault, bounds };
}

function connectArn(): string {
  return 'arn:aws:connect:us-east-1:111122223333:instance/01234567-89ab-cdef-0123-456789abcdef';
}
