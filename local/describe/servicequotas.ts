import { z } from 'zod';
import { AwsError } from '../gateway/aws-error.ts';
import { describes, type Descriptions } from './description.ts';

const QuotasRequest = z.object({ ServiceCode: z.string() });

/** AWS's default quotas of Cognito, in requests a second. */
const COGNITO_QUOTAS: [name: string, code: string, value: number][] = [
  ['Rate of UserAuthentication requests', 'L-026ADBA3', 120],
  ['Rate of UserResourceRead requests', 'L-55545DC8', 50],
];

export const quotaDescriptions: Descriptions = {
  ListServiceQuotas: describes(QuotasRequest, {
    reply: (_, { ServiceCode }) => {
      if (ServiceCode !== 'cognito-idp')
        throw new AwsError(
          'NoSuchResourceException',
          `This machine lists the quotas of cognito-idp only, not of ${ServiceCode}.`,
        );
      return {
        Quotas: COGNITO_QUOTAS.map(([QuotaName, QuotaCode, Value]) => ({
          ServiceCode,
          QuotaName,
          QuotaCode,
          Value,
        })),
      };
    },
  }),
};
