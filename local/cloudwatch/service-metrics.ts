import type { AwsError } from '../gateway/aws-error.ts';
import type { AwsCall } from '../gateway/messages.ts';
import type { StackTemplate } from '../template/template.ts';
import type { Metrics } from './metrics.ts';

/** A call that a service refused, as its own metrics count it. */
type FailedCall = Pick<AwsCall, 'service' | 'operation' | 'http'>;

/** Counts refused calls in the metrics of the services that alarms watch. */
export type CountFailure = (call: FailedCall, error: AwsError) => void;

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded/;
const FAILED = /^Internal|ServiceUnavailable/;

export function createFailureCounts(metrics: Metrics, template: StackTemplate): CountFailure {
  const pool = template.ofType('AWS::Cognito::UserPool')[0]?.ref ?? '';
  return (call, error) => {
    switch (call.service) {
      case 'dynamodb':
        return countTable(metrics, call, error.code);
      case 'cognito':
        return countPool(metrics, pool, call, error.code);
      case 'connect':
        return countCalls(metrics, call, error.code);
      default:
        return undefined;
    }
  };
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];

function countTable(metrics: Metrics, { operation, http }: FailedCall, code: string): void {
  for (const TableName of tablesOf(inputOf(http))) {
    if (FAILED.test(code))
      metrics.put('AWS/DynamoDB', 'SystemErrors', { TableName, Operation: operation }, 1);
    if (!THROTTLED.test(code)) continue;
    const name = READS.includes(operation) ? 'ReadThrottleEvents' : 'WriteThrottleEvents';
    metrics.put('AWS/DynamoDB', name, { TableName }, 1);
  }
}

/** The names of the tables that an input addresses, each once. */
function tablesOf(input: unknown): Set<string> {
  if (typeof input !== 'object' || input === null) return new Set();
  const { TableName, RequestItems, TransactItems } = input as Record<string, unknown>;
  if (typeof TableName === 'string') return new Set([TableName]);
  if (RequestItems !== undefined) return new Set(Object.keys(RequestItems as object));
  const items = (TransactItems ?? []) as Record<string, { TableName?: string }>[];
  return new Set(
    items.flatMap((item) => Object.values(item).flatMap(({ TableName: name }) => name ?? [])),
  );
}

function countPool(
  metrics: Metrics,
  UserPool: string,
  { operation, http }: FailedCall,
  code: string,
): void {
  if (!THROTTLED.test(code)) return;
  const { ClientId, AuthFlow } = inputOf(http) as { ClientId?: string; AuthFlow?: string };
  const isRefresh =
    operation === 'GetTokensFromRefreshToken' || (AuthFlow ?? '').startsWith('REFRESH_TOKEN');
  const signsIn = ['InitiateAuth', 'RespondToAuthChallenge'].includes(operation);
  if (!isRefresh && !signsIn) return;
  const dimensions = { UserPool, UserPoolClient: ClientId ?? '' };
  const name = isRefresh ? 'TokenRefreshThrottles' : 'SignInThrottles';
  metrics.put('AWS/Cognito', name, dimensions, 1);
}

function countCalls(metrics: Metrics, { operation, http }: FailedCall, code: string): void {
  if (operation !== 'StartOutboundVoiceContact') return;
  const { InstanceId = '' } = inputOf(http) as { InstanceId?: string };
  const dimensions = { InstanceId, MetricGroup: 'VoiceCalls' };
  if (THROTTLED.test(code)) metrics.put('AWS/Connect', 'ThrottledCalls', dimensions, 1);
  if (/Quota|LimitExceeded/.test(code))
    metrics.put('AWS/Connect', 'CallsBreachingConcurrencyQuota', dimensions, 1);
}

function inputOf({ body }: FailedCall['http']): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return {};
  }
}
