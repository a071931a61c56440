/** The shape of the examples: what each route takes and answers, by its schemas. */
import type * as z from 'zod';
import type { Capability, RouteName, ROUTES } from '../routes.ts';

type Table = typeof ROUTES;
type Named<T> = Record<string, T>;

type BodyOf<N extends RouteName> = Table[N] extends { body: infer S extends z.ZodType }
  ? { body: Named<z.input<S>> }
  : { body?: undefined };
type AnswerOf<N extends RouteName> = Table[N]['answer'] extends {
  schema: infer S extends z.ZodType;
}
  ? { answer: Named<z.output<S>> }
  : { answer?: undefined };

/** Examples for every route of some capabilities, each example with a name. */
export type ExamplesOf<C extends Capability> = {
  [N in RouteName as Table[N]['capability'] extends C ? N : never]: BodyOf<N> & AnswerOf<N>;
};
