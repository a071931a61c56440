import { z } from 'zod';
import { AwsError } from '../gateway/aws-error.ts';
import { arnOf } from '../template/place.ts';
import { describes, type Descriptions, found, NoMembers } from './description.ts';

const ConfigurationSetRequest = z.object({ ConfigurationSetName: z.string() });
const SuppressedRequest = z.object({ EmailAddress: z.string() });
/** The first of the identities in the form: operators ask for one at a time. */
const IdentityRequest = z.object({ 'Identities.member.1': z.string() });

const attributesOf = (
  identity: z.infer<typeof IdentityRequest>,
  value: Record<string, string>,
) => ({ entry: { key: identity['Identities.member.1'], value } });

/**
 * Every identity is verified here. No address is suppressed: what bounces is the doing of a fault,
 * and is forgotten.
 */
export const mailDescriptions: Descriptions = {
  GetAccount: describes(NoMembers, {
    reply: () => ({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    }),
  }),
  GetConfigurationSet: describes(ConfigurationSetRequest, {
    path: '/v2/email/configuration-sets/{ConfigurationSetName}',
    resource: ({ place }, { ConfigurationSetName }) =>
      arnOf(place, 'ses', `configuration-set/${ConfigurationSetName}`),
    reply: ({ template }, { ConfigurationSetName }) => {
      const { properties } = found(
        template
          .ofType('AWS::SES::ConfigurationSet')
          .find(({ ref }) => ref === ConfigurationSetName),
        'NotFoundException',
        `Configuration set <${ConfigurationSetName}> does not exist.`,
      );
      return { ConfigurationSetName, SuppressionOptions: properties.SuppressionOptions };
    },
  }),
  GetSuppressedDestination: describes(SuppressedRequest, {
    path: '/v2/email/suppression/addresses/{EmailAddress}',
    reply: (_, { EmailAddress }) => {
      const message = `Email address ${EmailAddress} does not exist on your suppression list.`;
      throw new AwsError('NotFoundException', message, 404);
    },
  }),
  GetIdentityVerificationAttributes: describes(IdentityRequest, {
    reply: (_, identity) => ({
      VerificationAttributes: attributesOf(identity, { VerificationStatus: 'Success' }),
    }),
  }),
  GetIdentityDkimAttributes: describes(IdentityRequest, {
    reply: (_, identity) => ({
      DkimAttributes: attributesOf(identity, {
        DkimEnabled: 'true',
        DkimVerificationStatus: 'Success',
      }),
    }),
  }),
  GetSendQuota: describes(NoMembers, {
    reply: () => ({ Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 }),
  }),
  GetAccountSendingEnabled: describes(NoMembers, { reply: () => ({ Enabled: 'true' }) }),
};
