/**
 * Programs over clients that were generated from the OpenAPI file: a registration and a password
 * reset of sample people. Each takes the address of the HTTP API and prints what it was answered.
 */

/** What both programs use: every answer of the API, and the codes that the machine sent. */
const RECORDING = `
export const [, , apiUrl = ''] = process.argv;

export interface Answered { method: string; path: string; status: number; retryAfter: string | null; body: unknown }
export const answers: Answered[] = [];

export async function recording(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const response = await fetch(request);
  const path = request.url.slice(apiUrl.length);
  const retryAfter = response.headers.get('retry-after');
  const body: unknown = await response.clone().json();
  answers.push({ method: request.method, path, status: response.status, retryAfter, body });
  return response;
}

/** The code in the newest message to an address or a number. */
export async function codeFor(to: string): Promise<string> {
  const messages = new URL('/_local/messages?to=' + encodeURIComponent(to), apiUrl);
  for (const patience = Date.now() + 20_000; Date.now() < patience;) {
    const [newest] = (await (await fetch(messages)).json()) as { text: string }[];
    const code = /(?<![0-9])[0-9]{6}(?![0-9])/.exec(newest?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await new Promise((resume) => setTimeout(resume, 25));
  }
  throw new Error('Waited in vain for a code for ' + to);
}

export function wrong(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

/** What an answer has, or an end. */
export function got<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Not as expected: ' + JSON.stringify(answers.at(-1)));
  return value;
}

export const RIVERA = { username: 'jrivera', password: 'Portal-Pass-2024', email: 'jrivera@cedargrove.example' };
export const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
export const NUMBER = '+12025550177';
export const NEW_PASSWORD = 'Quiet-Lantern-42-Harbour';
`;

const FETCH_PROGRAM = `
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/schema.js';
import { answers, apiUrl, codeFor, got, NEW_PASSWORD, NUMBER, PAT, recording, RIVERA, wrong } from './recording.js';

type Step = components['schemas']['RegistrationStep'];
const api = createClient<paths>({ baseUrl: apiUrl, fetch: recording });
const bearer = (token: string) => ({ headers: { Authorization: 'Bearer ' + token } });

async function register() {
  const { username, password, email } = RIVERA;
  const opened = await api.POST('/mfa-registrations', { body: { username, password } });
  const flow = bearer(got(opened.data).flowToken);
  // @ts-expect-error FAX is not a login method.
  void (() => api.PUT('/mfa-registrations/current/method', { ...flow, body: { method: 'FAX' } }));
  await api.PUT('/mfa-registrations/current/method', { ...flow, body: { method: 'PHONE' } });
  await api.POST('/mfa-registrations/current/email', { ...flow, body: { email } });
  const code = await codeFor(email);
  const verification = '/mfa-registrations/current/email/verification';
  const refused = await api.POST(verification, { ...flow, body: { code: wrong(code) } });
  if (got(refused.error).code !== 'CODE_MISMATCH') throw new Error(refused.error?.detail);
  await api.POST(verification, { ...flow, body: { code } });
  await api.PUT('/mfa-registrations/current/password', { ...flow, body: { password: NEW_PASSWORD } });
  const phone = { ...flow, body: { phoneNumber: NUMBER, channel: 'SMS' as const } };
  await api.POST('/mfa-registrations/current/phone', phone);
  await api.POST('/mfa-registrations/current/phone', phone);
  const last = await api.POST('/mfa-registrations/current/phone/verification', {
    ...flow,
    body: { code: await codeFor(NUMBER) },
  });
  const { registration, ticket } = got(last.data);
  return { step: registration.step satisfies Step, ticket: got(ticket) };
}

async function reset() {
  const opened = await api.POST('/password-resets', { body: { email: PAT.email } });
  const flow = bearer(got(opened.data).flowToken);
  const code = await codeFor(PAT.email);
  await api.POST('/password-resets/current/email/verification', { ...flow, body: { code } });
  await api.POST('/password-resets/current/phone', { ...flow, body: { channel: 'SMS' } });
  await api.POST('/password-resets/current/phone/verification', {
    ...flow,
    body: { code: await codeFor(PAT.phone) },
  });
  await api.GET('/password-resets/current', flow);
  const last = await api.PUT('/password-resets/current/password', { ...flow, body: { password: NEW_PASSWORD } });
  return { step: got(last.data).reset.step, ticket: got(last.data?.ticket) };
}

console.log(JSON.stringify({ registered: await register(), reset: await reset(), answers }));
`;

const SDK_PROGRAM = `
import * as api from './generated/index.js';
import { client } from './generated/client.gen.js';
import { answers, apiUrl, codeFor, got, NEW_PASSWORD, NUMBER, PAT, recording, RIVERA, wrong } from './recording.js';

client.setConfig({ baseUrl: apiUrl, fetch: recording });

async function register() {
  const { username, password, email } = RIVERA;
  const opened = await api.openMfaRegistration({ body: { username, password } });
  const flow = { auth: got(opened.data).flowToken };
  // @ts-expect-error FAX is not a login method.
  void (() => api.chooseMethod({ ...flow, body: { method: 'FAX' } }));
  await api.chooseMethod({ ...flow, body: { method: 'PHONE' } });
  await api.enterEmail({ ...flow, body: { email } });
  const code = await codeFor(email);
  const refused = await api.verifyEmail({ ...flow, body: { code: wrong(code) } });
  if (got(refused.error).code !== 'CODE_MISMATCH') throw new Error(refused.error?.detail);
  await api.verifyEmail({ ...flow, body: { code } });
  await api.setPassword({ ...flow, body: { password: NEW_PASSWORD } });
  const phone = { ...flow, body: { phoneNumber: NUMBER, channel: 'SMS' as const } };
  await api.enterPhone(phone);
  await api.enterPhone(phone);
  const last = await api.verifyPhone({ ...flow, body: { code: await codeFor(NUMBER) } });
  const { registration, ticket } = got(last.data);
  return { step: registration.step satisfies api.RegistrationStep, ticket: got(ticket) };
}

async function reset() {
  const opened = await api.startPasswordReset({ body: { email: PAT.email } });
  const flow = { auth: got(opened.data).flowToken };
  await api.verifyResetEmail({ ...flow, body: { code: await codeFor(PAT.email) } });
  await api.chooseResetChannel({ ...flow, body: { channel: 'SMS' } });
  await api.verifyResetPhone({ ...flow, body: { code: await codeFor(PAT.phone) } });
  await api.getPasswordReset(flow);
  const last = await api.resetPassword({ ...flow, body: { password: NEW_PASSWORD } });
  return { step: got(last.data).reset.step, ticket: got(last.data?.ticket) };
}

console.log(JSON.stringify({ registered: await register(), reset: await reset(), answers }));
`;

/** TypeScript as most projects set it, run by Node as it is emitted. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    types: ['node'],
    rootDir: '.',
    outDir: 'out',
  },
});

/** Files of a project that uses a client by each generator. */
export const PROJECTS = {
  'openapi-typescript': filesWith(FETCH_PROGRAM),
  '@hey-api/openapi-ts': filesWith(SDK_PROGRAM),
} as const;

function filesWith(program: string): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
    'tsconfig.json': TSCONFIG,
    'recording.ts': RECORDING,
    'program.ts': program,
  };
}
