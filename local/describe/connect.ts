import { z } from 'zod';
import { arnOf } from '../template/place.ts';
import { describes, type Descriptions, type Inputs } from './description.ts';

const InstanceRequest = z.object({ InstanceId: z.string() });
const NumbersRequest = z.object({ TargetArn: z.string() });

/** The number that calls come from: a variable of the functions that place calls. */
const Caller = z.object({
  Environment: z.object({ Variables: z.object({ CONNECT_SOURCE_PHONE_NUMBER: z.string() }) }),
});

const instanceArn = (
  { place }: Pick<Inputs, 'place'>,
  { InstanceId }: z.infer<typeof InstanceRequest>,
): string => arnOf(place, 'connect', `instance/${InstanceId}`);

function sourceNumbers({ template }: Pick<Inputs, 'template'>): string[] {
  const numbers = template.ofType('AWS::Lambda::Function').flatMap(({ properties }) => {
    const { data } = Caller.safeParse(properties);
    return data?.Environment.Variables.CONNECT_SOURCE_PHONE_NUMBER ?? [];
  });
  return [...new Set(numbers)];
}

export const connectDescriptions: Descriptions = {
  DescribeInstance: describes(InstanceRequest, {
    path: '/instance/{InstanceId}',
    resource: instanceArn,
    reply: (_, { InstanceId }) => ({ Instance: { Id: InstanceId, InstanceStatus: 'ACTIVE' } }),
  }),
  DescribeInstanceAttribute: describes(InstanceRequest, {
    path: '/instance/{InstanceId}/attribute/{AttributeType}',
    resource: instanceArn,
    reply: () => ({ Attribute: { AttributeType: 'OUTBOUND_CALLS', Value: 'true' } }),
  }),
  ListPhoneNumbersV2: describes(NumbersRequest, {
    resource: (_, { TargetArn }) => TargetArn,
    reply: (inputs) => ({
      ListPhoneNumbersSummaryList: sourceNumbers(inputs).map((PhoneNumber) => ({ PhoneNumber })),
    }),
  }),
};
