import { PORTAL_PATH } from '../contract/portal-paths.ts';

/**
 * An object that the bucket never has. It refuses the request, and the site answers 404 with the
 * portal's page.
 */
export const NO_PAGE = '/no-such-page';

/**
 * The viewer-request function of the site, after a line that sets `config`: it answers
 * `/config.json`, and returns the portal's page for each of its addresses and for no other. Files
 * are at the top and their names do not begin with a dot; those below `/assets/` do not pass here.
 */
export const PAGES = `
function handler(event) {
  var request = event.request;
  if (request.uri === '/config.json') {
    var headers = { 'content-type': { value: 'application/json' } };
    var body = { encoding: 'text', data: JSON.stringify(config) };
    return { statusCode: 200, statusDescription: 'OK', headers: headers, body: body };
  }
  if (${String(PORTAL_PATH)}.test(request.uri)) request.uri = '/index.html';
  else if (!/^\\/[^/.][^/]*\\.[^/]+$/.test(request.uri)) request.uri = '${NO_PAGE}';
  return request;
}
`;
