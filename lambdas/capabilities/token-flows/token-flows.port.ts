import type { Clause, Transition } from '../../ground/platform/attributes.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { TicketHolder } from './tickets.rules.ts';
import type { TokenFlow } from './token-flow.rules.ts';
import type { Step } from './token-flow.transitions.ts';

export interface TokenFlowsPort<F extends TokenFlow> {
  get: (tokenHash: string) => Promise<F | undefined>;
  open: (flow: F) => Write;
  /**
   * The write of a step: it takes the flow one turn on, so of two steps at once one wins.
   * `lastRequest` names the request, if a repeat may follow it.
   */
  advance: (
    flow: Pick<F, 'tokenHash' | 'turn' | 'language'>,
    step: Step<F>,
    lastRequest?: string,
  ) => Write;
  /** The write of what changes beside the steps: attempts, a code that the queue sends. */
  apply: (tokenHash: string, transition: Transition<TokenFlow>) => Write;
  /** The write that leaves nothing of the flow, whether or not it is there. */
  erase: (tokenHash: string) => Write;
  /** Holds only while the flow is at this turn; changes nothing. */
  holds: (flow: Pick<F, 'tokenHash' | 'turn'>, ...when: Clause[]) => Write;
}

/** A mailed link, by which an account's registration is opened. The account names the valid one. */
export interface Link {
  accountId: string;
  epoch: number;
  expiresAt: number;
  /** The incomplete registration is in doubt: the link begins another one. */
  startsOver?: true;
}

export interface LinksPort {
  get: (token: string) => Promise<Link | undefined>;
  issue: (token: string, link: Link) => Write;
}

export interface TicketsPort {
  issue: (ticket: string, holder: TicketHolder, now: number) => Write;
  /** Takes the ticket away; holds only for its owner, its epoch and before its end. */
  use: (ticket: string, holder: TicketHolder, now: number) => Write;
}
