/**
 * better-auth with its two-factor plugin (codes by e-mail) on SQLite, and in the same process a
 * client that calls it over loopback HTTP.
 */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins';

const codes = new Map();
const password = 'Correct-Horse-9-Battery';
const server = createServer();
await new Promise((resume) => server.listen(0, '127.0.0.1', resume));
const url = `http://127.0.0.1:${server.address().port}`;

const options = {
  baseURL: url,
  secret: 'a secret of the bench, thirty-two characters',
  database: new DatabaseSync(':memory:'),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [
    twoFactor({
      otpOptions: { sendOTP: async ({ user, otp }) => void codes.set(user.email, otp) },
    }),
  ],
};
const auth = betterAuth(options);
await (await getMigrations(options)).runMigrations();
const handle = toNodeHandler(auth);

const cookieOf = (response, before = '') =>
  [before, ...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])]
    .filter(Boolean)
    .join('; ');
const post = async (path, body, cookie) => {
  const response = await fetch(`${url}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
};

const known = new Set();
async function signUp(email) {
  const cookie = cookieOf(await post('/sign-up/email', { email, password, name: 'Bench' }));
  await post('/two-factor/enable', { password }, cookie);
  options.database.prepare('UPDATE user SET twoFactorEnabled = 1 WHERE email = ?').run(email);
  known.add(email);
}

async function signIn(client) {
  const email = `client${client}@bench.example`;
  if (!known.has(email)) await signUp(email);
  const cookie = cookieOf(await post('/sign-in/email', { email, password }));
  await post('/two-factor/send-otp', {}, cookie);
  await post('/two-factor/verify-otp', { code: codes.get(email) }, cookie);
}

server.on('request', (request, response) => {
  if (!request.url.startsWith('/whole-sign-in')) return handle(request, response);
  signIn(new URL(request.url, url).searchParams.get('client')).then(
    () => response.end('ok'),
    (error) => response.writeHead(500).end(String(error)),
  );
});
for (let client = 0; client < 16; client += 1) await signUp(`client${client}@bench.example`);
console.log(url);
