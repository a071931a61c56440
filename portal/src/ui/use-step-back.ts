import { useEffect, useState } from 'react';
import { NavigationType, useBlocker } from 'react-router';

/**
 * What the browser's Back does at a step: shows an earlier step, or STAYS because what came before
 * is done. Undefined leaves the page, as everywhere.
 */
export type StepBack = (() => void) | 'STAYS' | undefined;

/**
 * Has the browser's Back button go one step back within a flow, whose steps share one address.
 * @param step identifies what is shown
 * @returns whether Back was pressed here in vain
 */
export function useStepBack(step: string, back: StepBack): boolean {
  const blocker = useBlocker(
    ({ historyAction }) => back !== undefined && historyAction === NavigationType.Pop,
  );
  const [stayedAt, setStayedAt] = useState<string>();
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    blocker.reset();
    if (back === 'STAYS') setStayedAt(step);
    else back?.();
  }, [blocker]);
  return stayedAt === step;
}
