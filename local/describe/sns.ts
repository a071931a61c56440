import { z } from 'zod';
import { describes, type Descriptions, NoMembers } from './description.ts';

const TopicRequest = z.object({ TopicArn: z.string() });

export const textDescriptions: Descriptions = {
  GetSMSSandboxAccountStatus: describes(NoMembers, { reply: () => ({ IsInSandbox: 'false' }) }),
  GetSMSAttributes: describes(NoMembers, {
    reply: () => ({ attributes: { entry: { key: 'MonthlySpendLimit', value: '1000' } } }),
  }),
  ListSubscriptionsByTopic: describes(TopicRequest, {
    resource: (_, { TopicArn }) => TopicArn,
    reply: ({ template }, { TopicArn }) => {
      const isSubscribed = template
        .ofType('AWS::SNS::Subscription')
        .some(({ properties }) => properties.TopicArn === TopicArn);
      const member = { SubscriptionArn: `${TopicArn}:confirmed`, TopicArn };
      return { Subscriptions: isSubscribed ? { member } : '' };
    },
  }),
};
