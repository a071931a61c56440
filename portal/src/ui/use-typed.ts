import { useLocation } from 'react-router';

/** What was typed on the page that led here. */
export interface Typed {
  email?: string;
  username?: string;
}

export function useTyped(): Typed {
  return (useLocation().state as Typed | null) ?? {};
}
