/**
 * An employee with a browser: follows redirects, keeps cookies, fills the form of the identity
 * provider, and exchanges the code as the portal does, with PKCE.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { EmployeesOutput } from '../../../local/outputs.ts';
import type { Machine } from './machine.ts';

export const HANA = 'hana.helpdesk@workforce.example';
export const HUGO = 'hugo.helpdesk@workforce.example';
export const WALT = 'walt.worker@workforce.example';
export const OLGA = 'olga.outside@partner.example';

export interface EmployeeTokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
}

/** What a sign-in asks for; a test changes what it attacks. */
export type Asked = Record<string, string>;

export class Employee {
  readonly machine: Machine;
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly verifier = randomBytes(32).toString('base64url');
  readonly state = randomBytes(12).toString('base64url');
  readonly nonce = randomBytes(12).toString('base64url');

  constructor(machine: Machine) {
    this.machine = machine;
  }

  get employees(): EmployeesOutput {
    const { employees } = this.machine.outputs;
    if (employees === undefined) throw new Error('This stack has no employees.');
    return employees;
  }

  /** Signs in at the identity provider. @returns the tokens */
  async signIn(email: string): Promise<EmployeeTokens> {
    const back = await this.comeBack(email);
    const code = back.get('code');
    if (code === null) throw new Error(`No code: ${back.toString()}`);
    return (await this.exchange(code)).body as EmployeeTokens;
  }

  /**
   * The parameters with which the browser returns to the portal; with the address `CANCEL` the
   * employee gives up.
   */
  async comeBack(email: string, more: Asked = {}): Promise<URLSearchParams> {
    const url = await this.begin(more);
    if (url.href.startsWith(this.employees.redirectUri)) return url.searchParams;
    const action = `${url.origin}${url.pathname}`;
    const answered =
      email === 'CANCEL'
        ? await this.follow(`${action}/abort`)
        : await this.follow(`${action}/login`, { login: email, password: 'any' });
    return answered.searchParams;
  }

  /** Begins a sign-in. @returns where the browser is then: the identity provider, or the portal */
  async begin(more: Asked = {}): Promise<URL> {
    return await this.follow(this.authorizeUrl(more));
  }

  authorizeUrl(more: Asked = {}): string {
    const { domain, clientId, redirectUri, scopes } = this.employees;
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: scopes.join(' '),
      state: this.state,
      nonce: this.nonce,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    return `${domain}/oauth2/authorize?${query.toString()}`;
  }

  async exchange(code: string, more: Asked = {}) {
    const { redirectUri } = this.employees;
    return await this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: this.verifier,
      ...more,
    });
  }

  async refresh(refreshToken: string) {
    return await this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async token(form: Asked): Promise<{ status: number; body: unknown }> {
    const { domain, clientId: client_id } = this.employees;
    const response = await fetch(`${domain}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id, ...form }),
    });
    return { status: response.status, body: await response.json() };
  }

  /**
   * Requests an address as a browser does, up to a page that is not a redirect or is the portal's.
   * @returns the address of that page
   */
  async follow(address: string, form?: Asked): Promise<URL> {
    let next = new URL(address);
    let body = form === undefined ? undefined : new URLSearchParams(form);
    for (let hop = 0; hop < 12; hop += 1) {
      if (next.href.startsWith(new URL(this.employees.redirectUri).origin)) return next;
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: this.#cookiesFor(next) },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      this.#keepCookies(next, response);
      const location = response.headers.get('location');
      if (location === null) {
        if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
        return next;
      }
      next = new URL(location, next);
      body = undefined;
    }
    throw new Error('The redirects do not end.');
  }

  /** Ends the session at the user pool, and then the one at the identity provider. */
  async signOut(): Promise<void> {
    const { domain, clientId, signedOutUri, identityProvider } = this.employees;
    const pool = new URLSearchParams({ client_id: clientId, logout_uri: signedOutUri });
    await this.follow(`${domain}/logout?${pool.toString()}`);
    const page = await fetch(`${identityProvider}/session/end`, {
      headers: { cookie: this.#cookiesFor(new URL(identityProvider)) },
    });
    this.#keepCookies(new URL(identityProvider), page);
    const text = await page.text();
    const [, action = ''] = /action="([^"]+)"/.exec(text) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(text) ?? [];
    await this.follow(action, { xsrf, logout: 'yes' });
  }

  #cookiesFor({ host }: URL): string {
    return [...(this.#cookies.get(host) ?? [])]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  }

  #keepCookies({ host }: URL, response: Response): void {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    this.#cookies.set(host, jar);
  }
}

/** The claims of a token, unverified: the routes verify them. */
export function claimsOf(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}
