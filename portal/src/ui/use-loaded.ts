import { useCallback, useEffect, useState } from 'react';
import type { Refusal, Result } from '@portal-auth/client';

export interface Loaded<T> {
  value: T | undefined;
  refusal: Refusal | undefined;
  reload: () => void;
}

/**
 * Loads what a screen shows when it appears, and again when a dependency changes. Late answers to
 * earlier requests are dropped.
 */
export function useLoaded<T>(
  load: () => Promise<Result<T>>,
  dependencies: readonly unknown[],
): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Pick<Loaded<T>, 'value' | 'refusal'>>({
    value: undefined,
    refusal: undefined,
  });
  useEffect(() => {
    let wanted = true;
    void load().then((result) => {
      if (wanted)
        setLoaded(
          result.ok
            ? { value: result.value, refusal: undefined }
            : { value: undefined, refusal: result.refusal },
        );
    });
    return () => {
      wanted = false;
    };
  }, [attempt, ...dependencies]);
  return { ...loaded, reload: useCallback(() => setAttempt((count) => count + 1), []) };
}
