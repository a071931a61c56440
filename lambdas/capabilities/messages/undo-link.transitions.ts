/** What happens to a link that undoes a change of the e-mail address, by name. */
import { clausesOf, type Transition } from '../../ground/platform/attributes.rules.ts';
import type { UndoLink } from './undo-link.rules.ts';

const { exists, absent } = clausesOf<UndoLink>();

/** The link is used, and remembers by which request. */
export function useLink(usedBy: string): Transition<UndoLink> {
  return { change: { set: { usedBy } }, when: [exists('accountId'), absent('usedBy')] };
}
