/** AWS's default quotas, all of which can be raised: Service Quotas in the console decides. */
import { USAGE, type Way, WAYS } from './usage.ts';

/** Sign-ins a second, by their way. */
export type Rates = Record<Way, number>;

export interface Quota {
  name: string;
  /** In the unit of the name. */
  byDefault: number;
  needs: (rates: Rates) => number;
}

/** A ring, the prompt and the key. */
const CALL_SECONDS = 25;
/** A trigger with a warm environment. */
const INVOCATION_SECONDS = 0.05;

const sum = (rates: Rates, of: (way: Way) => number) =>
  WAYS.reduce((total, way) => total + rates[way] * of(way), 0);

export const QUOTAS: readonly Quota[] = [
  {
    name: 'Cognito UserAuthentication, InitiateAuth a second',
    byDefault: 120,
    needs: (rates) => sum(rates, (way) => USAGE[way].initiations),
  },
  {
    name: 'Cognito RespondToAuthChallenge a second (three times InitiateAuth)',
    byDefault: 360,
    needs: (rates) => sum(rates, (way) => USAGE[way].responses),
  },
  {
    name: 'Lambda concurrent executions (a new account may have 10)',
    byDefault: 1000,
    needs: (rates) => sum(rates, (way) => USAGE[way].invocations * INVOCATION_SECONDS),
  },
  {
    name: 'SES e-mails a second',
    byDefault: 14,
    needs: ({ EMAIL }) => EMAIL,
  },
  {
    name: 'SMS a second from a toll-free number',
    byDefault: 3,
    needs: ({ SMS }) => SMS,
  },
  {
    name: 'Connect StartOutboundVoiceContact a second',
    byDefault: 2,
    needs: ({ CALL }) => CALL,
  },
  {
    name: 'Connect concurrent calls',
    byDefault: 10,
    needs: ({ CALL }) => CALL * CALL_SECONDS,
  },
  {
    name: 'KMS cryptographic operations a second',
    byDefault: 10_000,
    needs: (rates) => sum(rates, (way) => USAGE[way].macs),
  },
  {
    name: 'DynamoDB writes a second of one table on demand, at once',
    byDefault: 4_000,
    needs: (rates) => sum(rates, (way) => USAGE[way].transactions * 2),
  },
];

/**
 * The quotas with the share of each that the rates need, the one that breaks first at the front.
 */
export function sharesOf(rates: Rates): { name: string; share: number }[] {
  return QUOTAS.map(({ name, byDefault, needs }) => ({
    name,
    share: needs(rates) / byDefault,
  })).sort((a, b) => b.share - a.share);
}
