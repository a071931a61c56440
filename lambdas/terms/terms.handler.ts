/** `GET /terms/current`. */
import { once } from '../platform/once.ts';
import { httpHandler } from '../platform/http.ts';
import { currentTerms } from './current-terms.ts';
import { wireTerms } from './terms.wiring.ts';

const wired = once(wireTerms);

export const handler = httpHandler('terms', () => wired().settings, {
  getCurrentTerms: async () => ({ body: await currentTerms(wired().settings.terms, wired().readVersion) }),
});
