import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebHandler } from '../gateway/messages.ts';
import type { LocalService } from '../service.ts';

/** Mails bring their own styles, and links to the portal; nothing of them may run or load. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'self' about:",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FILES: Record<string, { file: string; type: string }> = {
  '/': {
    file: 'index.html',
    type: 'text/html; charset=utf-8',
  },
  '/devices/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  '/devices/page.js': {
    file: 'page.js',
    type: 'text/javascript; charset=utf-8',
  },
  '/devices/calls.js': {
    file: 'calls.js',
    type: 'text/javascript; charset=utf-8',
  },
  '/devices/alarms.js': {
    file: 'alarms.js',
    type: 'text/javascript; charset=utf-8',
  },
  '/devices/page-parts.js': {
    file: 'page-parts.js',
    type: 'text/javascript; charset=utf-8',
  },
};

/** The page at `/`: mail, texts and a phone for everyone whom the stack writes to or calls. */
export function create(): LocalService {
  return { web: [servePage()] };
}

function servePage(): WebHandler {
  return ({ method, path }) => {
    const found = method === 'GET' ? FILES[path] : undefined;
    if (found === undefined) return Promise.resolve(undefined);
    const headers = {
      'content-type': found.type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    };
    return Promise.resolve({
      status: 200,
      headers,
      body: readFileSync(join(import.meta.dirname, found.file)),
    });
  };
}
