import { describe, expect, test } from '@jest/globals';
import { judgeDataEvents, type TrailState } from '../../bin/ops/data-events.rules.ts';

const TABLE = {
  name: 'Accounts',
  type: 'AWS::DynamoDB::Table',
  arn: 'arn:aws:dynamodb:us-east-1:111122223333:table/accounts',
} as const;
const BUCKET = {
  name: 'the audit bucket',
  type: 'AWS::S3::Object',
  arn: 'arn:aws:s3:::audit/',
} as const;

const trail = (more: Partial<TrailState>): TrailState => ({
  name: 'main',
  isLogging: true,
  selectors: [],
  advanced: [],
  ...more,
});
const classic = (ReadWriteType: string, Type: string, ...Values: string[]) => ({
  ReadWriteType,
  DataResources: [{ Type, Values }],
});
const advanced = (
  ...FieldSelectors: TrailState['advanced'][number]['FieldSelectors'] & object[]
) => ({
  FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, ...FieldSelectors],
});
const ofType = (type: string) => ({ Field: 'resources.type', Equals: [type] });

describe('data events are recorded', () => {
  test.each<[what: string, trails: TrailState[]]>([
    [
      'by classic selectors of everything',
      [
        trail({
          selectors: [
            classic('All', TABLE.type, 'arn:aws:dynamodb'),
            classic('All', BUCKET.type, 'arn:aws:s3'),
          ],
        }),
      ],
    ],
    [
      'by two trails, each of which has its part by name',
      [
        trail({ selectors: [classic('All', TABLE.type, TABLE.arn)] }),
        trail({ selectors: [classic('All', BUCKET.type, BUCKET.arn)] }),
      ],
    ],
    [
      'by advanced selectors',
      [
        trail({
          advanced: [
            advanced(ofType(TABLE.type), { Field: 'resources.ARN', Equals: [TABLE.arn] }),
            advanced(ofType(BUCKET.type), { Field: 'resources.ARN', StartsWith: [BUCKET.arn] }),
          ],
        }),
      ],
    ],
  ])('%s', (_what, trails) => {
    expect(judgeDataEvents([TABLE, BUCKET], trails).level).toBe('OK');
  });
});

describe('data events are missing', () => {
  test.each<[what: string, trails: TrailState[]]>([
    ['without a trail', []],
    [
      'where the trail is stopped',
      [trail({ isLogging: false, selectors: [classic('All', TABLE.type, TABLE.arn)] })],
    ],
    [
      'where only writes are recorded',
      [trail({ selectors: [classic('WriteOnly', TABLE.type, TABLE.arn)] })],
    ],
    [
      'where an advanced selector has writes only',
      [
        trail({
          advanced: [advanced(ofType(TABLE.type), { Field: 'readOnly', Equals: ['false'] })],
        }),
      ],
    ],
    [
      'where the table is left out',
      [
        trail({
          advanced: [
            advanced(ofType(TABLE.type), { Field: 'resources.ARN', NotEquals: [TABLE.arn] }),
          ],
        }),
      ],
    ],
    [
      'where it is another table',
      [trail({ selectors: [classic('All', TABLE.type, 'arn:other')] })],
    ],
    [
      'where there are management events only',
      [
        trail({
          advanced: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
        }),
      ],
    ],
  ])('%s', (_what, trails) => {
    expect(judgeDataEvents([TABLE], trails)).toEqual({
      level: 'WARN',
      subject: 'CloudTrail data events',
      text: expect.stringMatching(/Accounts.*turn the data events on/),
    });
  });
});
