/**
 * Which requests the port answers. It is open on loopback, so that every page in the developer's
 * browser could send to it: a page elsewhere, recognisable by its Origin, and a page whose name was
 * made to resolve to 127.0.0.1 (DNS rebinding), recognisable by its Host. Neither is admitted.
 */
import { header, type HttpRequest } from './messages.ts';

const LOOPBACK = String.raw`(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]`;
const LOOPBACK_HOST = new RegExp(String.raw`^(?:${LOOPBACK})(?::\d{1,5})?$`, 'i');

/** Whether a Host names this machine: `localhost`, a name below it, 127.0.0.0/8 or `[::1]`. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK_HOST.test(host ?? '');
}

/** The origins that a page on this port itself may have. */
export function ownOrigins(port: number): string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`);
}

/** Why a request's Host is refused; `undefined` if it is not. */
export function hostRefusal(http: HttpRequest): string | undefined {
  const host = header(http, 'host');
  if (isLoopbackHost(host)) return undefined;
  return (
    `The Host "${host ?? ''}" does not name this machine. ` +
    'Use localhost, a name below .localhost, 127.0.0.1 or [::1].'
  );
}

/** Why a request of this Origin is refused; `undefined` if it is not. */
export function originRefusal(
  http: HttpRequest,
  admitted: ReadonlySet<string>,
): string | undefined {
  const origin = header(http, 'origin');
  if (origin !== undefined)
    return admitted.has(origin)
      ? undefined
      : `The Origin "${origin}" is not admitted to this port. ` +
          `Start the machine with --origin ${origin} to admit it.`;
  return sentByOtherSite(http)
    ? 'A page of another site sent this request without an Origin. ' +
        'Send it from the portal, or from a program that is not a browser.'
    : undefined;
}

/** Browsers send no Origin with some requests, but they name the site's relation to the sender. */
function sentByOtherSite(http: HttpRequest): boolean {
  const site = header(http, 'sec-fetch-site');
  const changesNothing = http.method === 'GET' || http.method === 'HEAD';
  return !changesNothing && (site === 'cross-site' || site === 'same-site');
}
