import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { readSettings, SettingsFault } from '../../../lib/read-settings.ts';
import { StageSettings } from '../../../lib/settings.ts';

const smallest = {
  portalName: 'Cedar Provider Portal',
  portalOrigins: ['https://portal.example'],
  sender: { email: 'no-reply@portal.example', sesIdentity: 'portal.example' },
  sms: { spendAlarmUsd: 25 },
  terms: { version: '2026-10' },
};

interface Bounded {
  name: string;
  minimum: number;
  maximum: number;
}

/** Every setting that is a number with bounds, by its dotted name. */
function bounded(schema: z.core.JSONSchema.JSONSchema, prefix = ''): Bounded[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (typeof inner === 'boolean') return [];
    const { minimum, maximum } = inner;
    return minimum === undefined || maximum === undefined
      ? bounded(inner, `${prefix}${name}.`)
      : [{ name: `${prefix}${name}`, minimum, maximum }];
  });
}

const NUMBERS = bounded(z.toJSONSchema(StageSettings, { io: 'input', unrepresentable: 'any' }));

/** The smallest settings, with this value at a dotted name. */
function withValue(name: string, value: unknown): Record<string, unknown> {
  const [group = '', member] = name.split('.');
  if (member === undefined) return { ...smallest, [group]: value };
  const before = (smallest as Record<string, unknown>)[group] as object | undefined;
  return { ...smallest, [group]: { ...before, [member]: value } };
}

function faults(settings: unknown): string[] {
  try {
    readSettings({ odd: settings }, 'odd');
    return [];
  } catch (fault) {
    if (!(fault instanceof SettingsFault)) throw fault;
    return fault.message.split('\n');
  }
}

describe.each(NUMBERS)('the setting $name', ({ name, minimum, maximum }) => {
  test.each([minimum, maximum])('may be %i', (value) => {
    expect(faults(withValue(name, value))).toEqual([]);
  });

  test.each([minimum - 1, maximum + 1, minimum + 0.5, String(minimum), null])(
    'may not be %j',
    (value) => {
      expect(faults(withValue(name, value))).toEqual([
        'The settings of stage "odd" (context in cdk.json) have 1 faults:',
        expect.stringMatching(
          new RegExp(
            `^ {2}- stages\\.odd\\.${name} = ${JSON.stringify(value)}: must be a whole number`,
          ),
        ),
      ]);
    },
  );
});

test('there are numbers to check', () => {
  expect(NUMBERS.length).toBeGreaterThan(20);
});

describe('a stage without settings', () => {
  test.each([
    ['is unknown', { local: smallest, example: smallest }, 'or choose one of: local, example'],
    ['has no neighbours', {}, 'or choose one of: '],
    ['has no context', undefined, 'or choose one of: none'],
    ['has a context of another shape', ['local'], 'or choose one of: none'],
    ['is not an object', { odd: 'settings' }, 'or choose one of: none'],
  ])('fails if it %s', (_how, stages, message) => {
    expect(() => readSettings(stages, 'odd')).toThrow(SettingsFault);
    expect(() => readSettings(stages, 'odd')).toThrow(message);
    expect(() => readSettings(stages, 'odd')).toThrow('Stage "odd" has no settings');
  });
});

describe('overrides', () => {
  test('replace settings of the stage', () => {
    const settings = readSettings({ odd: smallest }, 'odd', {
      portalOrigins: ['http://localhost:4000'],
    });
    expect(settings.portalOrigins).toEqual(['http://localhost:4000']);
    expect(settings.portalName).toBe('Cedar Provider Portal');
  });

  test('are checked like the settings', () => {
    expect(() => readSettings({ odd: smallest }, 'odd', { portalName: '' })).toThrow(
      'stages.odd.portalName = "": must be a name',
    );
  });
});

describe('an origin of the portal', () => {
  test.each([
    'https://portal.example',
    'https://portal.example:8443',
    'http://localhost',
    'http://localhost:3000',
  ])('may be %s', (origin) => {
    expect(faults({ ...smallest, portalOrigins: [origin] })).toEqual([]);
  });

  test.each([
    'https://portal.example/app',
    'https://portal.example?x',
    'https://portal.example#x',
    'https://user@portal.example',
    'https://Portal.example',
    'http://portal.example',
    'http://localhost.evil.example',
    'ftp://portal.example',
    'null',
    '*',
    '',
  ])('may not be %j', (origin) => {
    expect(faults({ ...smallest, portalOrigins: [origin] })).toHaveLength(2);
  });
});

describe('the sender', () => {
  test.each([
    ['its domain', { email: 'a@portal.example', sesIdentity: 'portal.example' }, 0],
    ['its address', { email: 'a@portal.example', sesIdentity: 'a@portal.example' }, 0],
    ['another domain', { email: 'a@portal.example', sesIdentity: 'other.example' }, 1],
    ['another address', { email: 'a@portal.example', sesIdentity: 'b@portal.example' }, 1],
    ['a suffix of its domain', { email: 'a@myportal.example', sesIdentity: 'portal.example' }, 1],
  ])('may be verified by %s: %j', (_what, sender, wrong) => {
    expect(faults({ ...smallest, sender }).slice(1)).toHaveLength(wrong);
  });
});
