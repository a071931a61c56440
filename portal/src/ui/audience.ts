import { createContext } from 'react';

interface Explained {
  /** Options of the texts of refusals. */
  words: { context?: 'DESK' };
  /** Where that person signs in, and what the link there says. */
  login: { to: string; text: 'actions.toLogin' | 'actions.signInAgain' };
}

/** Whom refusals are explained to. */
export const Audience = createContext<Explained>({
  words: {},
  login: { to: '/', text: 'actions.toLogin' },
});
