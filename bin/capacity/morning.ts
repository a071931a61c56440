/** What a busy morning of a stage takes, as far as its settings say how many people it has. */
import type { StageSettings } from '../../lib/settings.ts';
import { QUOTAS, type Rates } from './quotas.ts';
import { ratesOf, USUAL_MIX } from './report.ts';

const DAILY = 1.2;
/** Sign-ins a minute for each person: 60 for 10,000, the busiest of the three sizes. */
const MORNING_PART = 0.006;

/** The people for whom the day's limit of e-mails is twice what they need. */
function peopleOf({ limits }: StageSettings): number {
  return limits.dailyEmailBreaker / (2 * DAILY * USUAL_MIX.EMAIL);
}

/** Sign-ins a second on a busy morning, by their way. */
export function morningOf(settings: StageSettings): Rates {
  const people = peopleOf(settings);
  const morning = people * MORNING_PART;
  return ratesOf({ people, morning, mix: USUAL_MIX, daily: DAILY });
}

/**
 * What the morning needs of one quota.
 * @param name the beginning of the quota's name in the capacity report
 * @throws Error if the report has no such quota
 */
export function neededOf(name: string, rates: Rates): number {
  const quota = QUOTAS.find((one) => one.name.startsWith(name));
  if (quota === undefined) throw new Error(`The capacity report has no quota ${name}.`);
  return quota.needs(rates);
}
