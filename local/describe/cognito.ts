import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { describes, type Descriptions, type Inputs } from './description.ts';

const PoolRequest = z.object({ UserPoolId: z.string() });
type PoolRequest = z.infer<typeof PoolRequest>;

const poolOf = ({ template }: Inputs, { UserPoolId }: PoolRequest): Resource | undefined =>
  template.ofType('AWS::Cognito::UserPool').find(({ ref }) => ref === UserPoolId);

export const cognitoDescriptions: Descriptions = {
  DescribeUserPool: describes(PoolRequest, {
    action: 'cognito-idp:DescribeUserPool',
    resource: (inputs, request) => poolOf(inputs, request)?.attributes.Arn ?? '*',
    reply: (inputs, request) => {
      const pool = poolOf(inputs, request);
      const { UserPoolTier, MfaConfiguration, DeletionProtection } = pool?.properties ?? {};
      return {
        UserPool: { Id: pool?.ref, UserPoolTier, MfaConfiguration, DeletionProtection },
      };
    },
  }),
};
