/** `GET /terms/current`. */
import { httpHandler, type RouteHandlers } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { currentTerms } from './current-terms.ts';
import { wireTerms } from './terms.wiring.ts';
import { TERMS_VERSIONS } from './versions/versions.ts';

export const routes: RouteHandlers<'terms', ReturnType<typeof wireTerms>> = {
  getCurrentTerms: ({ language }, { settings: { terms } }) => {
    const body = currentTerms(terms, TERMS_VERSIONS, language);
    return Promise.resolve({ body, language: body.language });
  },
};

export const handler = httpHandler('terms', once(wireTerms), routes);
