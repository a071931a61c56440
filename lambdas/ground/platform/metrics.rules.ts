/**
 * Metrics that follow from log lines: a line with one of these codes also carries the metric, in
 * CloudWatch's embedded metric format. Written by hand, because a metrics library would cost the
 * triggers their cold start (docs/decisions/025-lines-carry-metrics.md).
 */
import { definite } from './definite.rules.ts';

/** The fields of a log line. */
export interface LogFields {
  [field: string]: string | number | boolean | undefined;
}

/** What one line measures. Dimensions have few values each: every combination is billed. */
export interface Measured {
  name: string;
  value: number;
  unit: 'Count' | 'Seconds';
  dimensions: Readonly<Record<string, string>>;
  /** Whether the sum over all values of the dimensions is a metric of its own. */
  total?: true;
}

type Rule = (fields: LogFields) => Measured | undefined;

const count = (name: string, dimensions: Record<string, string> = {}, total?: true): Measured =>
  definite({ name, value: 1, unit: 'Count' as const, dimensions, total });

const send = (Channel: string, Outcome: 'SENT' | 'FAILED') => () =>
  count('Sends', { Channel, Outcome });

const text = (field: LogFields[string]): string => String(field ?? 'UNKNOWN');

/** The statuses that end a call. */
const CALL_ENDS = ['CONFIRMED', 'DENIED', 'NO_ANSWER', 'FAILED'];

const callEnd = (state: LogFields[string]) =>
  CALL_ENDS.includes(text(state)) ? count('Calls', { Outcome: text(state) }) : undefined;

const RULES: Readonly<Record<string, Rule>> = {
  EMAIL_SENT: send('EMAIL', 'SENT'),
  EMAIL_NOT_SENT: send('EMAIL', 'FAILED'),
  TEXT_SENT: send('SMS', 'SENT'),
  TEXT_NOT_SENT: send('SMS', 'FAILED'),
  CALL_PLACED: send('CALL', 'SENT'),
  CALL_NOT_PLACED: send('CALL', 'FAILED'),
  CREATED: ({ challenge, first, canary }) =>
    first === true && challenge === 'CHOOSE_FACTOR' && canary !== true
      ? count('SignInsStarted')
      : undefined,
  VERIFIED: ({ challenge, right, codeSeconds, factor }) => {
    if (right !== true) return undefined;
    if (challenge === 'PROVE_DEVICE') return count('SignInsStarted');
    return typeof codeSeconds === 'number'
      ? {
          name: 'CodeSeconds',
          value: codeSeconds,
          unit: 'Seconds',
          dimensions: { Factor: text(factor) },
        }
      : undefined;
  },
  TOKENS_DECIDED: ({ refused, source, method }) => {
    if (refused !== undefined) return count('GateRefusals', { Reason: text(refused) });
    return source === 'SIGN_IN'
      ? count('SignInsCompleted', { Method: text(method) }, true)
      : count('Refreshes');
  },
  CANARY_PASSED: () => count('CanaryPasses'),
  CANARY_FAILED: ({ stage }) => count('CanaryFailures', { Stage: text(stage) }, true),
  SWEPT: () => count('SweepsFinished'),
  FAULTS_LEFT: () => count('SweepsFinished'),
  HELP_DESK_LOOKED: () => count('HelpDeskLooks'),
  BREAKER_OPEN: ({ breaker }) => count('BreakersOpen', { Breaker: text(breaker) }),
  LIMIT_HIT: ({ limit }) => count('LimitsHit', { Limit: text(limit) }),
  CALLEE_HANDLED: ({ result }) => callEnd(result),
  CONTACT_EVENT: ({ moved, state }) => (moved === true ? callEnd(state) : undefined),
  ANSWERED: ({ step, status }) =>
    typeof status === 'number' && status < 300 && typeof step === 'string'
      ? count('Steps', { Step: step })
      : undefined,
};

/** What a line measures, if anything. */
export function measured(code: string, fields: LogFields): Measured | undefined {
  return Object.hasOwn(RULES, code) ? RULES[code]?.(fields) : undefined;
}

/**
 * A metric as the members that the embedded metric format adds to a line.
 * @param timestamp milliseconds since 1970
 */
export function embedded(
  { name, value, unit, dimensions, total }: Measured,
  namespace: string,
  timestamp: number,
): Record<string, unknown> {
  const names = Object.keys(dimensions);
  return {
    ...dimensions,
    [name]: value,
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: total === true ? [names, []] : [names],
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
  };
}
