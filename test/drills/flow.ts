/** A flow of a person as steps that can be repeated: what each asks, and how the answer reads. */
import type { RouteName } from '../../contract/routes.ts';
import type { Answer, Machine } from '../journeys/clients/machine.ts';
import type { Round } from '../journeys/clients/portal-user.ts';

/** What the steps of one run share. */
export interface Course {
  machine: Machine;
  /** Tokens, sessions and codes, by names that the flow chooses. */
  kept: Record<string, string>;
}

export interface Step {
  name: string;
  /** The route that it requests; a round of a sign-in requests none. */
  route?: RouteName;
  /** What the person reads before the step, such as a code; never repeated, never under a fault. */
  before?: (course: Course) => Promise<void>;
  /** A refusal ends the sign-in: the person begins again with the step of this name. */
  startsOver?: string;
  /** The request. @returns its outcome, such as `200 SET_PASSWORD` or `503 UNAVAILABLE` */
  take: (course: Course) => Promise<string>;
}

export interface Flow {
  name: string;
  steps: readonly Step[];
}

/** The status, and the step or the code. */
export function outcomeOf({ status, body }: Answer): string {
  const answer = (body ?? {}) as {
    code?: string | object;
    registration?: { step: string };
    reset?: { step: string };
  };
  const code = typeof answer.code === 'string' ? answer.code : undefined;
  const word = code ?? answer.registration?.step ?? answer.reset?.step;
  return word === undefined ? String(status) : `${status} ${word}`;
}

/** The challenge, the error, or `tokens`. */
export function outcomeOfRound({ challenge, tokens, error, parameters }: Round): string {
  if (tokens !== undefined) return 'tokens';
  if (error !== undefined) return error;
  return [challenge, parameters.reason].filter(Boolean).join(' ');
}
