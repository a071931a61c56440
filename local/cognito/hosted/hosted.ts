/**
 * The hosted endpoints of the employees' pool, in front of the identity provider of this machine.
 */
import { randomBytes } from 'node:crypto';
import type { LocalContext } from '../../context.ts';
import type { WebHandler } from '../../gateway/messages.ts';
import type { EmployeesOutput } from '../../outputs.ts';
import type { CognitoServices } from '../services.ts';
import { createHosted } from './endpoints.ts';
import { createFederation } from './federation.ts';
import type { WorkforcePool } from './workforce.ts';

/** `undefined` where employees sign in by SAML, which this machine does not play. */
export function openHosted(
  { place, clock, identityProvider, template }: LocalContext,
  { pool, client, provider }: WorkforcePool,
  services: CognitoServices,
): { endpoints: WebHandler; output: EmployeesOutput } | undefined {
  if (provider === undefined || identityProvider === undefined) return undefined;
  const domain = place.publicEndpoint;
  const redirectUri = `${domain}/oauth2/idpresponse`;
  const clientSecret = randomBytes(32).toString('base64url');
  const { issuer } = identityProvider;
  identityProvider.register({
    clientId: provider.clientId,
    clientSecret,
    redirectUri,
    signedOutUris: client.logoutUrls,
    groupsClaim: provider.mapping['custom:groups'] ?? 'groups',
    helpDeskGroup: helpDeskGroupOf(template),
    scopes: provider.scopes,
  });
  const { users } = services;
  const inputs = { provider, issuer, clientSecret, redirectUri, users, clock };
  const federation = createFederation(inputs);
  return {
    endpoints: createHosted(services, client, federation),
    output: {
      ...addressesOf(client),
      domain,
      issuer: pool.issuer,
      identityProvider: issuer,
      people: identityProvider.people.map(({ email, name, helpDesk }) => {
        return { email, name, helpDesk };
      }),
    },
  };
}

/** What a page signs employees in with. */
function addressesOf({ id, callbackUrls, logoutUrls, scopes }: WorkforcePool['client']) {
  return {
    clientId: id,
    redirectUri: callbackUrls[0] ?? '',
    signedOutUri: logoutUrls[0] ?? '',
    scopes: [...scopes],
  };
}

/** The group of the settings, so that the sample employees are in it. */
function helpDeskGroupOf(template: LocalContext['template']): string {
  for (const { properties } of template.ofType('AWS::Lambda::Function')) {
    const { Environment } = properties as {
      Environment?: { Variables?: { PORTAL_SETTINGS?: string } };
    };
    const settings = JSON.parse(Environment?.Variables?.PORTAL_SETTINGS ?? '{}') as {
      workforce?: { helpDeskGroup?: string };
    };
    if (settings.workforce?.helpDeskGroup !== undefined) return settings.workforce.helpDeskGroup;
  }
  return 'help-desk';
}
