/** Whether CloudTrail records what is done with the stage's data past the command line. */
import { type Finding, ok, warn } from './finding.rules.ts';

/** A trail, as CloudTrail describes it: classic selectors, or advanced ones. */
export interface TrailState {
  name: string;
  isLogging: boolean;
  selectors: readonly {
    ReadWriteType?: string | undefined;
    DataResources?: readonly DataResource[] | undefined;
  }[];
  advanced: readonly { FieldSelectors?: readonly FieldSelector[] | undefined }[];
}

interface DataResource {
  Type?: string | undefined;
  Values?: string[] | undefined;
}

interface FieldSelector {
  Field?: string | undefined;
  Equals?: string[] | undefined;
  StartsWith?: string[] | undefined;
  EndsWith?: string[] | undefined;
  NotEquals?: string[] | undefined;
  NotStartsWith?: string[] | undefined;
  NotEndsWith?: string[] | undefined;
}

/** What should be recorded: a table, or the objects of a bucket (its ARN with a slash). */
export interface Recorded {
  name: string;
  type: 'AWS::DynamoDB::Table' | 'AWS::S3::Object';
  arn: string;
}

export function judgeDataEvents(wanted: readonly Recorded[], trails: TrailState[]): Finding {
  const subject = 'CloudTrail data events';
  const logging = trails.filter(({ isLogging }) => isLogging);
  const missing = wanted.filter((one) => !logging.some((trail) => records(trail, one)));
  if (missing.length === 0)
    return ok(subject, `${logging.map(({ name }) => name).join(', ')} records them`);
  return warn(
    subject,
    `no trail records all that is read and written of ` +
      `${missing.map(({ name }) => name).join(', ')}, ` +
      'so that what is done past the command line leaves no trace: turn the data events on ' +
      '(docs/runbook.md, Who may run them)',
  );
}

function records({ selectors, advanced }: TrailState, { type, arn }: Recorded): boolean {
  const isClassic = selectors.some(
    ({ ReadWriteType, DataResources = [] }) =>
      ReadWriteType === 'All' &&
      DataResources.some(
        ({ Type, Values = [] }) => Type === type && Values.some((value) => arn.startsWith(value)),
      ),
  );
  const is: Record<string, string> = {
    eventCategory: 'Data',
    'resources.type': type,
    'resources.ARN': arn,
  };
  return (
    isClassic ||
    advanced.some(({ FieldSelectors = [] }) =>
      FieldSelectors.every((one) => admits(one, is[one.Field ?? ''])),
    )
  );
}

/** A field that is not known narrows the selector, such as to reads only. */
function admits(selector: FieldSelector, value: string | undefined): boolean {
  if (value === undefined) return false;
  const { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = selector;
  const fits = (
    among: string[] | undefined,
    how: (one: string) => boolean,
    otherwise: boolean,
  ): boolean => (among === undefined ? otherwise : among.some(how));
  return (
    fits(Equals, (one) => value === one, true) &&
    fits(StartsWith, (one) => value.startsWith(one), true) &&
    fits(EndsWith, (one) => value.endsWith(one), true) &&
    !fits(NotEquals, (one) => value === one, false) &&
    !fits(NotStartsWith, (one) => value.startsWith(one), false) &&
    !fits(NotEndsWith, (one) => value.endsWith(one), false)
  );
}
