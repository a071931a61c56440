/** `GET /terms/current`. */
import { httpHandler } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { currentTerms } from './current-terms.ts';
import { wireTerms } from './terms.wiring.ts';
import { TERMS_VERSIONS } from './versions/versions.ts';

const settings = once(wireTerms);

export const handler = httpHandler('terms', settings, {
  getCurrentTerms: (request) => {
    const body = currentTerms(settings().terms, TERMS_VERSIONS, request.language);
    return Promise.resolve({ body, language: body.language });
  },
});
