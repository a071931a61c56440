/** Token gates refuse by throwing: what counts as a failure of theirs. */
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Alarms } from './alarms.ts';
import type { FunctionId } from './functions.ts';
import type { PortalFunction } from './portal-function.ts';

/**
 * The functions that refuse by throwing: the name of their metric, and the code of their failure.
 */
const GATES: Partial<Record<FunctionId, [string, string]>> = {
  'token-gate': ['TokenGate', 'TOKENS_DECIDED_FAILED'],
  'workforce-gate': ['WorkforceGate', 'EMPLOYEE_TOKENS_DECIDED_FAILED'],
};

/**
 * A token gate refuses by throwing, which Lambda counts as an error: its failures are its log
 * lines `…_FAILED`, and the invocations that Lambda reports as timed out or crashed.
 */
export function failuresOf(alarms: Alarms, fn: PortalFunction): IMetric | undefined {
  const [name, code] = GATES[fn.functionId] ?? [];
  if (name === undefined || code === undefined) return undefined;
  const status = (value: string) => FilterPattern.stringValue('$.record.status', '=', value);
  const brokenOff = FilterPattern.all(
    FilterPattern.stringValue('$.type', '=', 'platform.report'),
    FilterPattern.any(status('timeout'), status('failure')),
  );
  alarms.countMatches(`${name}BreaksOff`, brokenOff, [fn], `${name}Failures`);
  return alarms.countMatches(`${name}Failures`, FilterPattern.allTerms(code), [fn]);
}
