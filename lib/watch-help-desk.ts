import type { Alarms } from './alarms.ts';

/**
 * Looks of the whole help desk in five minutes, as a part of what one employee may open in an hour.
 */
const UNUSUAL_LOOKS = 1 / 3;

/** Alarms when the help desk opens unusually many people and lists. */
export function watchHelpDesk(alarms: Alarms, looksPerHour: number): void {
  const meaning = 'the help desk opens unusually many people: see the runbook, Help desk';
  alarms.raise('HelpDeskLooks', meaning, {
    metric: alarms.own('HelpDeskLooks'),
    threshold: Math.ceil(looksPerHour * UNUSUAL_LOOKS),
  });
}
