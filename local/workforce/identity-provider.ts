/**
 * The employees' identity provider: an OpenID provider of its own port, by the library
 * `oidc-provider`. It plays the issuer that the template names. The library is loaded with the
 * first request, because most runs never sign an employee in.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { Account, Configuration, Provider } from 'oidc-provider';
import { isLoopbackHost } from '../gateway/admission.ts';
import { SAMPLE_EMPLOYEES, type SampleEmployee } from './employees.ts';
import { MemoryAdapter } from './memory-adapter.ts';
import { errorPage, loginPage, signedOutPage, signOutPage } from './pages.ts';

/** The one application that the provider knows: the employees' user pool. */
interface Registered {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Where a browser may return to after signing out here. */
  signedOutUris: readonly string[];
  groupsClaim: string;
  helpDeskGroup: string;
  scopes: readonly string[];
}

export interface IdentityProvider {
  /** `http://localhost:<port>` */
  issuer: string;
  people: readonly SampleEmployee[];
  /** Begins to serve an application; the one before a reset is forgotten. */
  register: (application: Registered) => void;
  close: () => Promise<void>;
}

/** What the port serves at the moment. */
interface Serving {
  issuer: string;
  people: SampleEmployee[];
  /** Makes the provider of the registered application, once. */
  provider: (() => Promise<Provider>) | undefined;
}

/**
 * Listens on loopback.
 * @param port 0 chooses a free one
 * @throws Error naming the variable when the port is taken
 */
export async function openIdentityProvider(port: number): Promise<IdentityProvider> {
  const serving: Serving = {
    issuer: '',
    people: copyOf(SAMPLE_EMPLOYEES),
    provider: undefined,
  };
  const server = createServer(
    (request, response) =>
      void serve(serving, request, response).catch((error: unknown) => {
        console.error(error);
        response.destroy();
      }),
  );
  await listen(server, port);
  serving.issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    issuer: serving.issuer,
    get people() {
      return serving.people;
    },
    register(application) {
      let made: Promise<Provider> | undefined;
      serving.people = copyOf(SAMPLE_EMPLOYEES);
      serving.provider = () => (made ??= createProvider(serving, application));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function copyOf(people: readonly SampleEmployee[]): SampleEmployee[] {
  return people.map((person) => ({ ...person }));
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is taken. Set IDENTITY_PORT to a free port (0 chooses one), ` +
                'or end the program that has it.',
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function createProvider(serving: Serving, application: Registered): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = {
    ...(await exportJWK(privateKey)),
    use: 'sig',
    alg: 'RS256',
  };
  return new Provider(serving.issuer, {
    ...configurationOf(serving, application),
    adapter: MemoryAdapter,
    jwks: { keys: [key] },
  });
}

function configurationOf(serving: Serving, application: Registered): Configuration {
  const { clientId, groupsClaim, scopes } = application;
  return {
    clients: [metadataOf(application)],
    claims: {
      openid: ['sub'],
      email: ['email'],
      profile: ['name', groupsClaim],
    },
    // Cognito reads the claims of the ID token.
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    ttl: {
      Session: 8 * 3600,
      Interaction: 600,
      Grant: 8 * 3600,
      AccessToken: 600,
      IdToken: 600,
    },
    findAccount: (_context, id) => accountOf(serving, application, id),
    // The organisation has consented for its employees.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId,
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope(scopes.join(' '));
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ...PAGES,
  };
}

function metadataOf({ clientId, clientSecret, redirectUri, signedOutUris }: Registered) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [...signedOutUris],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    token_endpoint_auth_method: 'client_secret_post' as const,
  };
}

function accountOf(
  { people }: Serving,
  { groupsClaim, helpDeskGroup }: Registered,
  id: string,
): Account | undefined {
  const person = people.find((one) => one.id === id);
  if (person === undefined) return undefined;
  const { email, name, helpDesk } = person;
  const groups = ['everyone', ...(helpDesk ? [helpDeskGroup] : [])];
  const claims = {
    sub: id,
    email,
    name,
    [groupsClaim]: groups,
  };
  return { accountId: id, claims: () => claims };
}

const PAGES: Pick<Configuration, 'renderError' | 'features'> = {
  renderError: (context, { error, error_description: description }) => {
    context.type = 'html';
    context.body = errorPage(error, description);
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        context.body = signOutPage(form);
      },
      postLogoutSuccessSource: (context) => {
        context.body = signedOutPage();
      },
    },
  },
};

async function serve(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) return html(response, 403, 'Use localhost.');
  if (request.method === 'POST' && request.url === '/_local/people')
    return await changePerson(serving, request, response);
  if (serving.provider === undefined) return html(response, 503, 'The machine is starting.');
  const provider = await serving.provider();
  const { pathname } = new URL(request.url ?? '/', serving.issuer);
  const [, uid, step = ''] = /^\/interaction\/([\w-]+)(?:\/(login|abort))?$/.exec(pathname) ?? [];
  if (uid === undefined) return void provider.callback()(request, response);
  const action = `/interaction/${uid}`;
  if (step === '') return html(response, 200, loginPage(action, serving.people));
  if (step === 'abort') return finish(provider, request, response, CANCELLED);
  const login = (await formOf(request)).get('login')?.trim().toLowerCase();
  const person = serving.people.find(({ email }) => email === login);
  if (person !== undefined)
    return finish(provider, request, response, { login: { accountId: person.id } });
  html(response, 200, loginPage(action, serving.people, 'Nobody here has this address.'));
}

/** Moves a sample employee in or out of the help desk's group: the next sign-in shows it. */
async function changePerson(
  { people }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers.origin !== undefined) return html(response, 403, 'No page may change this.');
  const form = await formOf(request);
  const person = people.find(({ email }) => email === form.get('email'));
  if (person === undefined) return html(response, 404, 'Nobody here has this address.');
  person.helpDesk = form.get('helpDesk') === 'true';
  html(response, 200, `${person.email} is ${person.helpDesk ? 'in' : 'not in'} the group.`);
}

const CANCELLED = {
  error: 'access_denied',
  error_description: 'The employee cancelled the sign-in.',
};

async function finish(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  result: typeof CANCELLED | { login: { accountId: string } },
): Promise<void> {
  try {
    await provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  } catch {
    html(response, 400, errorPage('This sign-in has expired', 'Begin again in the portal.'));
  }
}

const MOST_FORM_BYTES = 16 * 1024;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_FORM_BYTES) throw new Error('The form is too large.');
  }
  return new URLSearchParams(text);
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
}
