import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { describes, type Descriptions, found, type Inputs } from './description.ts';

const ResourceRequest = z.object({ ResourceArn: z.string() });
type ResourceRequest = z.infer<typeof ResourceRequest>;

function guardOf({ template }: Inputs, { ResourceArn }: ResourceRequest): Resource | undefined {
  const association = template
    .ofType('AWS::WAFv2::WebACLAssociation')
    .find(({ properties }) => properties.ResourceArn === ResourceArn);
  const arn = association?.properties.WebACLArn;
  return template.ofType('AWS::WAFv2::WebACL').find(({ attributes }) => attributes.Arn === arn);
}

export const firewallDescriptions: Descriptions = {
  GetWebACLForResource: describes(ResourceRequest, {
    resource: (inputs, request) => guardOf(inputs, request)?.attributes.Arn ?? '*',
    reply: (inputs, request) => {
      const acl = guardOf(inputs, request);
      if (acl === undefined) return {};
      const { Arn, Id } = acl.attributes;
      return { WebACL: { ARN: Arn, Id, Name: acl.properties.Name } };
    },
  }),
  GetLoggingConfiguration: describes(ResourceRequest, {
    resource: (_, { ResourceArn }) => ResourceArn,
    reply: ({ template }, { ResourceArn }) => {
      const { properties } = found(
        template
          .ofType('AWS::WAFv2::LoggingConfiguration')
          .find((one) => one.properties.ResourceArn === ResourceArn),
        'WAFNonexistentItemException',
        'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
      );
      const { LogDestinationConfigs } = properties;
      return { LoggingConfiguration: { ResourceArn, LogDestinationConfigs } };
    },
  }),
};
