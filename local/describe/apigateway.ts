import { describes, type Descriptions, NoMembers } from './description.ts';

export const apiGatewayDescriptions: Descriptions = {
  GetAccount: describes(NoMembers, {
    action: 'apigateway:GET',
    resource: ({ place }) => `arn:${place.partition}:apigateway:${place.region}::/account`,
    reply: ({ template }) => {
      const [account] = template.ofType('AWS::ApiGateway::Account');
      return { cloudwatchRoleArn: account?.properties.CloudWatchRoleArn };
    },
  }),
};
