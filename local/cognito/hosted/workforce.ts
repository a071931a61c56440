/** The employees' pool as the template sets it: its domain, its client's OAuth, its provider. */
import { z } from 'zod';
import type { Resource, StackTemplate } from '../../template/template.ts';
import { poolsOf, readPool, type Pool } from '../pool.ts';

const urls = z.array(z.url()).default([]);

const OAuthProperties = z.object({
  AllowedOAuthFlowsUserPoolClient: z.literal(true),
  AllowedOAuthFlows: z.array(
    z.literal('code', { error: 'the local hosted endpoints run the code grant only' }),
  ),
  AllowedOAuthScopes: z.array(z.string()),
  CallbackURLs: urls,
  LogoutURLs: urls,
  SupportedIdentityProviders: z.array(z.string()),
});

const ProviderProperties = z.object({
  ProviderName: z.string(),
  ProviderType: z.enum(['OIDC', 'SAML']),
  ProviderDetails: z.record(z.string(), z.string()),
  AttributeMapping: z.record(z.string(), z.string()).default({}),
});

/** How a client of the hosted endpoints is set. */
export interface HostedClient {
  id: string;
  scopes: readonly string[];
  callbackUrls: readonly string[];
  logoutUrls: readonly string[];
  providers: readonly string[];
}

/** The pool's OpenID provider. */
export interface FederatedProvider {
  name: string;
  issuer: string;
  clientId: string;
  scopes: readonly string[];
  /** Attribute of the pool → claim of the provider. */
  mapping: Readonly<Record<string, string>>;
}

export interface WorkforcePool {
  pool: Pool;
  client: HostedClient;
  /** Absent with a SAML provider, which this machine does not play. */
  provider: FederatedProvider | undefined;
}

/** Reads the pool that has a domain; `undefined` if the stack has none. */
export function readWorkforce(template: StackTemplate): WorkforcePool | undefined {
  const { hosted } = poolsOf(template);
  if (hosted === undefined) return undefined;
  const pool = readPool(template, hosted);
  const ofPool = (type: string): Resource[] =>
    template.ofType(type).filter(({ properties }) => properties.UserPoolId === pool.id);
  const [client, ...others] = ofPool('AWS::Cognito::UserPoolClient');
  const [provider, ...further] = ofPool('AWS::Cognito::UserPoolIdentityProvider');
  if (client === undefined || provider === undefined || others.length + further.length > 0)
    throw new Error("The employees' user pool runs here with one client and one provider.");
  return {
    pool,
    client: hostedClient(client),
    provider: openIdProvider(provider),
  };
}

function hostedClient({ ref, properties }: Resource): HostedClient {
  const parsed = OAuthProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(`The client ${ref} cannot run here: ${z.prettifyError(parsed.error)}`);
  const { AllowedOAuthScopes, CallbackURLs, LogoutURLs, SupportedIdentityProviders } = parsed.data;
  return {
    id: ref,
    scopes: AllowedOAuthScopes,
    callbackUrls: CallbackURLs,
    logoutUrls: LogoutURLs,
    providers: SupportedIdentityProviders,
  };
}

function openIdProvider({ properties }: Resource): FederatedProvider | undefined {
  const { ProviderName, ProviderType, ProviderDetails, AttributeMapping } =
    ProviderProperties.parse(properties);
  if (ProviderType !== 'OIDC') return undefined;
  return {
    name: ProviderName,
    issuer: ProviderDetails.oidc_issuer ?? '',
    clientId: ProviderDetails.client_id ?? '',
    scopes: (ProviderDetails.authorize_scopes ?? 'openid').split(' '),
    mapping: AttributeMapping,
  };
}
