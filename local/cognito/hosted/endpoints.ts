/**
 * Cognito's hosted endpoints of the employees' pool: authorize, idpresponse, token, userInfo,
 * revoke and logout. People sign in at the identity provider; Cognito shows no form of its own.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { preflightReply, readableBy } from '../../gateway/cors.ts';
import { AwsError } from '../../gateway/aws-error.ts';
import { header, type HttpRequest, type Reply, type WebHandler } from '../../gateway/messages.ts';
import { issueHosted, refreshHosted, type HostedTokens } from './hosted-tokens.ts';
import type { CognitoServices } from '../services.ts';
import { askTokenGate } from '../token-gate.ts';
import type { TokenOverrides } from '../token-overrides.ts';
import type { User } from '../users.ts';
import { remembered, type Remembered } from './codes.ts';
import { type Federation, FederationFailed } from './federation.ts';
import type { HostedClient } from './workforce.ts';

/** A sign-in that a client asked for. */
interface Asked {
  redirectUri: string;
  state: string | undefined;
  nonce: string | undefined;
  scopes: string[];
  challenge: string | undefined;
}

/** A code for tokens; the token gate has been asked. */
interface Granted extends Asked {
  sub: string;
  overrides: TokenOverrides;
}

interface Hosted {
  services: CognitoServices;
  client: HostedClient;
  federation: Federation;
  /** Sign-ins that are at the identity provider, by their state. */
  pending: Remembered<{ asked: Asked; nonce: string }>;
  codes: Remembered<Granted>;
  /** Browsers that are signed in, by their cookie. */
  sessions: Remembered<string>;
}

const SESSION_COOKIE = 'cognito';
const SESSION_SECONDS = 3600;

export function createHosted(
  services: CognitoServices,
  client: HostedClient,
  federation: Federation,
): WebHandler {
  const { clock } = services;
  const hosted: Hosted = {
    services,
    client,
    federation,
    pending: remembered(clock, 300),
    codes: remembered(clock, 300),
    sessions: remembered(clock, SESSION_SECONDS),
  };
  const routes: Record<string, (http: HttpRequest) => Promise<Reply>> = {
    'GET /oauth2/authorize': (http) => authorize(hosted, http),
    'GET /oauth2/idpresponse': (http) => idpResponse(hosted, http),
    'POST /oauth2/token': (http) => token(hosted, http),
    'GET /oauth2/userInfo': (http) => userInfo(hosted, http),
    'POST /oauth2/revoke': (http) => Promise.resolve(revoke(hosted, http)),
    'GET /logout': (http) => Promise.resolve(logout(hosted, http)),
  };
  return async (http) => {
    if (http.method === 'OPTIONS' && http.path.startsWith('/oauth2/')) return preflightReply(http);
    const reply = await routes[`${http.method} ${http.path}`]?.(http);
    return reply && readableBy(http, reply);
  };
}

async function authorize(hosted: Hosted, http: HttpRequest): Promise<Reply> {
  const { client, pending, federation, sessions, services } = hosted;
  const { query } = http;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== client.id) return errorPage('Client does not exist.');
  if (!client.callbackUrls.includes(redirectUri)) return errorPage('redirect_mismatch');
  const asked: Asked = {
    redirectUri,
    state: query.get('state') ?? undefined,
    nonce: query.get('nonce') ?? undefined,
    scopes: query.get('scope')?.split(' ').filter(Boolean) ?? [...client.scopes],
    challenge: query.get('code_challenge') ?? undefined,
  };
  const fault = faultOf(client, query, asked);
  if (fault !== undefined) return back(asked, fault);
  const prompt = query.get('prompt') ?? undefined;
  const known = prompt === undefined ? sessions.find(cookieOf(http)) : undefined;
  const user = known === undefined ? undefined : services.users.find(known);
  if (user !== undefined) return await admit(hosted, asked, user);
  const nonce = randomBytes(24).toString('base64url');
  return redirect(await federation.authorizeUrl(pending.keep({ asked, nonce }), nonce, prompt));
}

function faultOf(
  client: HostedClient,
  query: URLSearchParams,
  { scopes }: Asked,
): Record<string, string> | undefined {
  const provider = query.get('identity_provider');
  if (query.get('response_type') !== 'code') return { error: 'unauthorized_client' };
  if (!scopes.every((scope) => client.scopes.includes(scope))) return { error: 'invalid_scope' };
  if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256')
    return { error: 'invalid_request', error_description: 'code_challenge_method must be S256' };
  if (provider !== null && !client.providers.includes(provider))
    return { error: 'invalid_request', error_description: 'Unknown identity provider' };
  return undefined;
}

/** The identity provider's answer: a code, or why there is none. */
async function idpResponse(hosted: Hosted, { query }: HttpRequest): Promise<Reply> {
  const { pending, federation, sessions } = hosted;
  const found = pending.take(query.get('state') ?? undefined);
  if (found === undefined) return errorPage('Invalid state: the sign-in has expired. Start over.');
  const { asked, nonce } = found;
  const error = query.get('error');
  if (error !== null)
    return back(asked, { error, error_description: query.get('error_description') ?? error });
  try {
    const user = federation.userOf(await federation.claimsOf(query.get('code') ?? '', nonce));
    const reply = await admit(hosted, asked, user);
    const cookie = `${SESSION_COOKIE}=${sessions.keep(user.sub)}; Path=/; HttpOnly; SameSite=Lax`;
    return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
  } catch (failure) {
    if (!(failure instanceof FederationFailed)) throw failure;
    return back(asked, { error: 'invalid_request', error_description: failure.message });
  }
}

/** Asks the token gate, whose refusal is an error of the sign-in, and gives a code out. */
async function admit(hosted: Hosted, asked: Asked, user: User): Promise<Reply> {
  const { services, client, codes } = hosted;
  const poolClient = services.pool.clients.get(client.id);
  if (poolClient === undefined) return errorPage('Client does not exist.');
  try {
    const overrides = await askTokenGate(services, {
      source: 'TokenGeneration_HostedAuth',
      client: poolClient,
      subject: { sub: user.sub, user },
      scopes: asked.scopes,
      clientMetadata: undefined,
    });
    return back(asked, { code: codes.keep({ ...asked, sub: user.sub, overrides }) });
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    return back(asked, { error: 'invalid_request', error_description: failure.message });
  }
}

async function token(hosted: Hosted, http: HttpRequest): Promise<Reply> {
  const { client, codes, services } = hosted;
  const form = formOf(http);
  const poolClient = services.pool.clients.get(client.id);
  if (form.get('client_id') !== client.id || poolClient === undefined)
    return json(400, { error: 'invalid_client' });
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const granted = codes.take(form.get('code') ?? undefined);
      const isHis =
        granted?.redirectUri === form.get('redirect_uri') &&
        provesChallenge(granted?.challenge, form.get('code_verifier'));
      const user = granted && services.users.find(granted.sub);
      if (granted === undefined || user === undefined || !isHis)
        return json(400, { error: 'invalid_grant' });
      return answered(await issueHosted(services, { client: poolClient, user, ...granted }));
    }
    case 'refresh_token':
      return await refresh(hosted, form);
    default:
      return json(400, { error: 'unsupported_grant_type' });
  }
}

async function refresh({ services, client }: Hosted, form: URLSearchParams): Promise<Reply> {
  try {
    return answered(await refreshHosted(services, client.id, form.get('refresh_token') ?? ''));
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    return json(400, { error: 'invalid_grant' });
  }
}

const answered = (tokens: HostedTokens): Reply => json(200, tokens);

/** RFC 7636 §4.6. A code that was asked for without a challenge takes no verifier. */
function provesChallenge(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  return (
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url') === challenge
  );
}

async function userInfo({ services }: Hosted, http: HttpRequest): Promise<Reply> {
  const bearer = /^Bearer (.+)$/.exec(header(http, 'authorization') ?? '')?.[1] ?? '';
  try {
    const { sub, scopes } = await services.tokens.readAccessToken(bearer);
    const user = services.users.find(sub);
    if (user === undefined || !scopes.includes('openid')) throw new AwsError('Unauthorized', '');
    const { identities: _identities, ...claims } = user.attributes;
    return json(200, { ...claims, username: user.username ?? user.sub });
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    return json(401, { error: 'invalid_token' });
  }
}

/** RFC 7009: a token that is not known counts as revoked. */
function revoke({ services, client }: Hosted, http: HttpRequest): Reply {
  const form = formOf(http);
  if (form.get('client_id') !== client.id) return json(400, { error: 'invalid_client' });
  const signIn = services.signIns.find(form.get('token') ?? '');
  if (signIn !== undefined && signIn.clientId === client.id) services.signIns.revoke(signIn);
  return { status: 200, headers: {}, body: '' };
}

/** Ends the browser's session here; that at the identity provider is for the portal to end. */
function logout({ client, sessions }: Hosted, http: HttpRequest): Reply {
  const uri = http.query.get('logout_uri') ?? '';
  if (http.query.get('client_id') !== client.id) return errorPage('Client does not exist.');
  if (!client.logoutUrls.includes(uri)) return errorPage('redirect_mismatch');
  sessions.forget(cookieOf(http));
  const cookie = `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
  return { ...redirect(uri), headers: { location: uri, 'set-cookie': cookie } };
}

function back({ redirectUri, state }: Asked, parameters: Record<string, string>): Reply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return redirect(url.href);
}

function redirect(location: string): Reply {
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store' },
    body: '',
  };
}

function errorPage(message: string): Reply {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': randomUUID() };
  return { status: 400, headers, body: message };
}

function json(status: number, body: object): Reply {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}

function formOf({ body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function cookieOf(http: HttpRequest): string | undefined {
  const cookies = (header(http, 'cookie') ?? '').split(/;\s*/);
  return cookies.find((one) => one.startsWith(`${SESSION_COOKIE}=`))?.split('=')[1];
}
