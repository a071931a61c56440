/** Serves the built portal as the cloud's site does: the same files, headers and `/config.json`. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';
import type { PortalConfig } from '../contract/portal-config.ts';
import { PORTAL_PATH } from '../contract/portal-paths.ts';
import { cacheControlOf, siteHeaders } from '../lib/site-headers.ts';
import { isLoopbackHost } from '../local/gateway/admission.ts';

/** The content of `/config.json` on this machine, where Cognito has an address of its own. */
export type SiteConfig = PortalConfig & { cognitoUrl: string };

export interface PortalServer {
  /** `http://localhost:<port>` */
  url: string;
  /** Until then every request is answered 503. */
  serve: (files: string, config: SiteConfig) => void;
  close: () => Promise<void>;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Texts are worth compressing; pictures and fonts are compressed already. */
const COMPRESSED = /^(text|application\/json|image\/svg)/;

const PLAIN = { 'content-type': 'text/plain' };

interface Site {
  files: string;
  config: SiteConfig;
}

/**
 * Takes the port at once: the template contains the portal's address.
 * @param port 0 chooses a free one
 * @throws Error naming the variable when the port is taken
 */
export async function openPortalServer(port: number): Promise<PortalServer> {
  let site: Site | undefined;
  const server = createServer(
    (request, response) => void answer(site, request, response).catch(() => response.destroy()),
  );
  await listen(server, port);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    serve(files, config) {
      site = { files, config };
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is taken. Set PORTAL_PORT to a free port (0 chooses one), ` +
                'or end the program that has it.',
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function answer(
  site: Site | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host } = request.headers;
  if (!isLoopbackHost(host)) return end(response, 403, PLAIN, wrongHost(host));
  if (site === undefined)
    return end(response, 503, { ...PLAIN, 'retry-after': '1' }, 'The stack is starting.');
  const { cognitoUrl, apiUrl, employees } = site.config;
  const headers = siteHeaders({
    api: new URL(apiUrl).origin,
    cognito: new URL(cognitoUrl).origin,
    employees: employees && new URL(employees.domain).origin,
  });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return end(response, 405, { ...headers, allow: 'GET, HEAD' }, '');
  if (pathOf(request) === '/config.json') return sendConfig(response, headers, site.config);
  await sendFile(site.files, request, response, headers);
}

/** A page elsewhere could otherwise read the portal under a name of its own (DNS rebinding). */
function wrongHost(host = ''): string {
  return `The Host "${host}" does not name this machine. Use localhost or 127.0.0.1.`;
}

function sendConfig(
  response: ServerResponse,
  headers: Record<string, string>,
  config: SiteConfig,
): void {
  const json = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  end(response, 200, { ...headers, ...json }, JSON.stringify(config));
}

async function sendFile(
  files: string,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const path = pathOf(request);
  const { file, status } = await fileFor(files, path);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const zips = COMPRESSED.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(status, {
    ...headers,
    'content-type': type,
    'cache-control': cacheControlOf(status === 404 ? '/' : path),
    vary: 'accept-encoding',
    ...(zips ? { 'content-encoding': 'gzip' } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  const content = createReadStream(file).on('error', () => response.destroy());
  if (zips) content.pipe(createGzip()).pipe(response);
  else content.pipe(response);
}

/** A path within the site: `..` leads nowhere above it. */
function pathOf(request: IncomingMessage): string {
  try {
    return normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
  } catch {
    return '/';
  }
}

/**
 * Paths without a file are answered by the portal's one page: its own addresses with 200, others
 * with 404, which the page explains.
 */
async function fileFor(files: string, path: string): Promise<{ file: string; status: 200 | 404 }> {
  const hidden = path.split('/').some((part) => part.startsWith('.'));
  const found = hidden ? undefined : await stat(join(files, path)).catch(() => undefined);
  if (found?.isFile() === true) return { file: join(files, path), status: 200 };
  return { file: join(files, 'index.html'), status: PORTAL_PATH.test(path) ? 200 : 404 };
}

function end(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  response.writeHead(status, headers);
  response.end(body);
}
