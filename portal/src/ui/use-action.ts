import { useCallback, useRef, useState } from 'react';
import type { Refusal, Result } from '@portal-auth/client';

/** Runs one action at a time. A second one is ignored while the first is in progress. */
export interface Action {
  busy: boolean;
  refusal: Refusal | undefined;
  /** @returns the value, or undefined if it was refused or another action was in progress */
  run: <T>(work: () => Promise<Result<T>>) => Promise<T | undefined>;
  dismiss: () => void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const underWay = useRef(false);
  const run = useCallback(async <T>(work: () => Promise<Result<T>>): Promise<T | undefined> => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setRefusal(undefined);
    const result = await work();
    underWay.current = false;
    setBusy(false);
    if (result.ok) return result.value ?? (true as T);
    setRefusal(result.refusal);
    return undefined;
  }, []);
  return { busy, refusal, run, dismiss: useCallback(() => setRefusal(undefined), []) };
}
