/**
 * The employees' user pool as an OpenID provider: authorization code with PKCE (S256), state and
 * nonce, by `oidc-client-ts`. Its addresses are given, so that nothing has to be discovered.
 */
import {
  ErrorResponse,
  OidcClient,
  type RefreshState,
  type SigninResponse,
  WebStorageStateStore,
} from 'oidc-client-ts';
import { definite } from './definite.ts';
import { accepted, refused, type Result } from './refusals.ts';

export interface EmployeeClientConfig {
  /** Base address of the HTTP API, without a trailing slash. */
  apiUrl: string;
  /** Base address of the hosted endpoints, without a trailing slash. */
  domain: string;
  clientId: string;
  /** `iss` of the employees' tokens. */
  issuer: string;
  scopes: readonly string[];
  /** The identity provider's name in the pool. */
  provider: string;
  /** Addresses of the portal to which the browser returns. */
  redirectUri: string;
  signedOutUri: string;
}

/** Why a sign-in gave no tokens. */
export type SignInFailure =
  /** The employee cancelled it, or the provider refused. */
  | 'CANCELLED'
  /** The address is outside the organisation's domains, or the user is not federated. */
  | 'NOT_ADMITTED'
  /** It was not begun in this tab, took too long, or was completed before. */
  | 'EXPIRED'
  /** The identity provider failed. */
  | 'PROVIDER_FAILED'
  /** The answer is not for this sign-in: its nonce, issuer or audience differ. */
  | 'NOT_OURS'
  | 'UNREACHABLE';

export interface IssuedTokens {
  accessToken: string;
  idToken: string;
  refreshToken: string | undefined;
  /** Milliseconds, by this browser's clock. */
  expiresAt: number;
  claims: Readonly<Record<string, unknown>>;
}

export interface OpenId {
  /**
   * The address at which the sign-in begins.
   * @param kept comes back with the tokens, without leaving the tab
   */
  signInUrl: (kept: { to?: string | undefined }, prompt?: 'login') => Promise<string>;
  /** @param address that of the page to which the browser returned */
  exchange: (
    address: string,
  ) => Promise<{ tokens: IssuedTokens; to: string | undefined } | { failure: SignInFailure }>;
  /** The refusal is TOKEN_INVALID when the session has ended. */
  refresh: (tokens: IssuedTokens) => Promise<Result<IssuedTokens>>;
  /** True if it was revoked. */
  revoke: (refreshToken: string) => Promise<boolean>;
  signOutUrl: () => string;
  isReachable: () => Promise<boolean>;
}

const PATIENCE_SECONDS = 20;

export function createOpenId(config: EmployeeClientConfig, storage: Storage): OpenId {
  const { domain, clientId: client_id, signedOutUri } = config;
  const client = clientOf(config, storage);
  return {
    async signInUrl(kept, prompt) {
      const nonce = crypto.randomUUID();
      const request = await client.createSigninRequest({
        state: kept,
        nonce,
        ...definite({ prompt }),
      });
      return request.url;
    },
    exchange: (address) => exchange(client, config, address),
    refresh: (tokens) => refresh(client, tokens),
    async revoke(token) {
      const body = new URLSearchParams({ client_id, token });
      const init = { ...request(), method: 'POST', body };
      return await fetch(`${domain}/oauth2/revoke`, init).then(({ ok }) => ok, no);
    },
    signOutUrl: () =>
      `${domain}/logout?${new URLSearchParams({ client_id, logout_uri: signedOutUri }).toString()}`,
    /** Whether there is an answer; what it says does not matter, and cannot be read. */
    isReachable: () =>
      fetch(`${domain}/oauth2/token`, { ...request(), method: 'HEAD', mode: 'no-cors' }).then(
        () => true,
        no,
      ),
  };
}

const no = (): boolean => false;

const request = (): RequestInit => ({
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
});

function clientOf(config: EmployeeClientConfig, store: Storage): OidcClient {
  const { domain, clientId, issuer, scopes, provider, redirectUri } = config;
  return new OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    response_type: 'code',
    // Without it Cognito shows a page of its own that has the provider's button.
    extraQueryParams: { identity_provider: provider },
    // A sign-in belongs to the tab that began it.
    stateStore: new WebStorageStateStore({ prefix: 'portal-auth.employee-sign-in.', store }),
    filterProtocolClaims: false,
    requestTimeoutInSeconds: PATIENCE_SECONDS,
    fetchRequestCredentials: 'omit',
    metadata: {
      issuer,
      authorization_endpoint: `${domain}/oauth2/authorize`,
      token_endpoint: `${domain}/oauth2/token`,
    },
  });
}

async function exchange(
  client: OidcClient,
  config: EmployeeClientConfig,
  address: string,
): ReturnType<OpenId['exchange']> {
  const known = await client.readSigninResponseState(address).catch(() => undefined);
  if (known === undefined) return { failure: 'EXPIRED' };
  try {
    const response = await client.processSigninResponse(address);
    const { iss, aud } = response.profile;
    if (iss !== config.issuer || aud !== config.clientId) return { failure: 'NOT_OURS' };
    const { to } = response.userState as { to?: string };
    return { tokens: tokensOf(response), to };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): SignInFailure {
  if (!(error instanceof ErrorResponse))
    return /nonce|id_token|ID Token/.test(String(error)) ? 'NOT_OURS' : 'UNREACHABLE';
  switch (error.error) {
    case 'access_denied':
      return 'CANCELLED';
    case 'invalid_grant':
      return 'EXPIRED';
    case 'invalid_request':
      // Cognito names the trigger that refused; the provider's own failures come by the same code.
      return /PreTokenGeneration/.test(error.error_description ?? '')
        ? 'NOT_ADMITTED'
        : 'PROVIDER_FAILED';
    default:
      return 'PROVIDER_FAILED';
  }
}

async function refresh(client: OidcClient, tokens: IssuedTokens): Promise<Result<IssuedTokens>> {
  const { idToken, refreshToken, claims } = tokens;
  if (refreshToken === undefined) return refused('TOKEN_INVALID');
  // The library declares the class and does not export it.
  const state: RefreshState = {
    id_token: idToken,
    refresh_token: refreshToken,
    session_state: null,
    profile: claims as RefreshState['profile'],
  };
  try {
    const response = await client.useRefreshToken({ state });
    return accepted({
      ...tokensOf(response),
      refreshToken: response.refresh_token ?? refreshToken,
    });
  } catch (error) {
    const hasEnded = ['EXPIRED', 'NOT_OURS'].includes(failureOf(error));
    return refused(hasEnded ? 'TOKEN_INVALID' : 'UNREACHABLE');
  }
}

function tokensOf(response: SigninResponse): IssuedTokens {
  const { access_token, id_token = '', refresh_token, expires_in = 0, profile } = response;
  return {
    accessToken: access_token,
    idToken: id_token,
    refreshToken: refresh_token,
    expiresAt: Date.now() + expires_in * 1000,
    claims: { ...profile },
  };
}
