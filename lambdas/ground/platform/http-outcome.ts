/** What a route comes to: a body, or an expected refusal with its stable code. */
import type { FieldFault, ProblemCode } from '../../../contract/problems.ts';

/** An expected outcome that is not a success. */
export interface Refusal {
  refused: ProblemCode;
  detail?: string;
  fields?: FieldFault[];
  retryAfterSeconds?: number;
}

export function refuse(refused: ProblemCode, more: Omit<Refusal, 'refused'> = {}): Refusal {
  return { refused, ...more };
}

/** `accepted` answers 202 on a route whose answer is another: the act waits for an approval. */
export type HttpOutcome = { body?: unknown; accepted?: true } | Refusal;
