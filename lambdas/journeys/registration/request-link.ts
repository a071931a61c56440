/**
 * A person who cannot go on asks for a link. The answer is the same for everyone; looking up and
 * sending happen behind the queue.
 */
import type { OutboxPort } from '../../capabilities/outbox/outbox.port.ts';
import type { Requester, Source, StepRefusal } from '../../capabilities/token-flows/token-flow.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';

export interface LinkDeps {
  limits: Pick<LimitsPort, 'count' | 'forgive'>;
  /**
   * True if Cognito takes the password; costs the same for an address that Cognito does not have.
   */
  isCognitoPassword: (password: string, email: string) => Promise<boolean>;
  outbox: Pick<OutboxPort, 'put'>;
  settings: FunctionSettings;
  now: () => number;
}

export type LinkAsked = { username: string } | { email: string; password: string };

/** Mails to an address are counted behind the queue: here it would reveal who has an account. */
export async function requestLink(
  deps: LinkDeps,
  asked: LinkAsked,
  { source, language }: Requester,
): Promise<undefined | StepRefusal> {
  const now = deps.now();
  const requests = limitsOf('LINK_REQUEST', { source: source.sourceAddress }, deps.settings);
  const counted = await deps.limits.count(requests, now);
  if (counted.outcome === 'EXHAUSTED')
    return {
      refused: 'RATE_LIMITED',
      retryAfterSeconds: secondsUntil(counted.until, now),
    };
  const who =
    'username' in asked
      ? { username: asked.username, proven: false }
      : await provenAddress(deps, asked, source, now);
  if ('refused' in who) return who;
  const request = {
    kind: 'LINK_REQUEST',
    ...who,
    requestedAt: now,
    ...source,
  } as const;
  await deps.outbox.put({ ...request, ...definite({ language }) });
  return undefined;
}

/**
 * Wrong passwords are counted before they reach Cognito, which would pause the address for its
 * owner.
 */
async function provenAddress(
  { limits, isCognitoPassword, settings }: LinkDeps,
  { email, password }: { email: string; password: string },
  { sourceAddress }: Source,
  now: number,
): Promise<{ email: string; proven: boolean } | StepRefusal> {
  const spender = { subject: email, source: sourceAddress };
  const guesses = limitsOf('LINK_PASSWORD', spender, settings);
  const counted = await limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED')
    return {
      refused: 'RATE_LIMITED',
      retryAfterSeconds: secondsUntil(counted.until, now),
    };
  const proven = await isCognitoPassword(password, email);
  if (proven) await limits.forgive(guesses);
  return { email, proven };
}
