/** What a route comes to: a body, or an expected refusal with its stable code. */
import type { Language } from '../../../contract/languages.ts';
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

/** What a route answers. */
interface Answer {
  body?: unknown;
  /** Answers 202 on a route whose answer is another: the act waits for an approval. */
  accepted?: true;
  /** Of a body that there is in several languages, of which the request chooses. */
  language?: Language;
}

export type HttpOutcome = Answer | Refusal;

/** An outcome of a use case as a response: its refusal, or it as the body. */
export function answered<T extends object>(outcome: T): HttpOutcome {
  return 'refused' in outcome ? outcome : { body: outcome };
}
