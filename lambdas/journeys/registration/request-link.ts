/** Somebody is stuck and asks for a link. The answer is the same for everyone; looking up and sending happen behind the queue. */
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type Limit, type Limited, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import {
  secondsUntil,
  type StepRefusal,
} from '../../capabilities/token-flows/verification-step.ts';
import type { OutboxMessage } from '../../capabilities/outbox/outbox.rules.ts';
import type { Source } from './open-registration.ts';

export interface LinkCollaborators {
  limits: { count(limits: readonly Limit[], now: number): Promise<Limited> };
  isCognitoPassword(password: string, email: string | undefined): Promise<boolean>;
  outbox: { put(message: OutboxMessage): Promise<void> };
  settings: FunctionSettings;
  now(): number;
}

export type LinkAsked = { username: string } | { email: string; password: string };

export async function requestLink(
  on: LinkCollaborators,
  asked: LinkAsked,
  source: Source,
): Promise<undefined | StepRefusal> {
  const now = on.now();
  const counted = await on.limits.count([sourceLimit(on.settings, source)], now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  const who =
    'username' in asked
      ? { username: asked.username, proven: false }
      : { email: asked.email, proven: await on.isCognitoPassword(asked.password, asked.email) };
  await on.outbox.put({ kind: 'LINK_REQUEST', ...who, requestedAt: now, ...source });
  return undefined;
}

/** How many mails an address takes is the worker's to count: here it would tell who has one. */
function sourceLimit({ limits }: FunctionSettings, { sourceAddress }: Source): Limit {
  return {
    key: `REQUESTS#LINKS#${sha256(sourceAddress)}`,
    max: limits.requestsPerSourceQuarterHour,
    windowMs: 15 * MINUTE_MS,
  };
}
