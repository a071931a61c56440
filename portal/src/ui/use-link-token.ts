import { useLayoutEffect, useState } from 'react';
import { OpaqueToken } from '../../../contract/challenges.ts';

export interface OpenedLink {
  /** Differs with each link, also where it is the same one again. */
  at: number;
  /** Undefined where the address has none, or not a whole one. */
  token: string | undefined;
}

/**
 * The token behind the `#` of a mailed link. It is secret, so it is removed from the address bar
 * and the history before it is used. Another link that is opened where the page is open already
 * loads no page: it is read as well.
 */
export function useLinkToken(): OpenedLink {
  const [link, setLink] = useState(readLink);
  useLayoutEffect(() => {
    clearAddressBar();
    const again = (): void => {
      if (window.location.hash === '') return;
      setLink(readLink());
      clearAddressBar();
    };
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  return link;
}

function readLink(): OpenedLink {
  const { data: token } = OpaqueToken.safeParse(window.location.hash.slice(1));
  return { at: performance.now(), token };
}

function clearAddressBar(): void {
  window.history.replaceState(window.history.state, '', window.location.pathname);
}
