import { useCallback, useLayoutEffect, useRef } from 'react';
import { useNavigate, type NavigateOptions, type To } from 'react-router';

/**
 * A signal that is aborted once the person has left the page. Read it when a request begins: an
 * answer that comes after that concerns a page that is gone.
 */
export function useWhileHere(): { readonly current: AbortSignal } {
  const signal = useRef(AbortSignal.abort());
  useLayoutEffect(() => {
    const leaving = new AbortController();
    signal.current = leaving.signal;
    return () => leaving.abort();
  }, []);
  return signal;
}

/**
 * Leads on from a page after an answer. Whoever has left the page meanwhile stays where they are.
 * The end of a session leads away from every page, and uses `useNavigate`.
 */
export function useNavigateWhileHere(): (to: To, options?: NavigateOptions) => void {
  const navigate = useNavigate();
  const here = useWhileHere();
  return useCallback(
    (to, options) => {
      if (!here.current.aborted) void navigate(to, options);
    },
    [navigate, here],
  );
}
