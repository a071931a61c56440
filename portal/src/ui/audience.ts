import { createContext } from 'react';

interface Explained {
  /** Options of the texts of refusals. */
  words: { context?: 'DESK' };
  /** Where that person signs in. */
  loginPath: string;
}

/** Whom refusals are explained to. */
export const Audience = createContext<Explained>({ words: {}, loginPath: '/' });
