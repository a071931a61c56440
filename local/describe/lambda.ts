import { describes, type Descriptions, NoMembers } from './description.ts';

/** AWS's default concurrency of an account. */
const CONCURRENCY = 1000;

export const lambdaDescriptions: Descriptions = {
  GetAccountSettings: describes(NoMembers, {
    reply: ({ template }) => {
      const functions = template.ofType('AWS::Lambda::Function');
      const reserved = functions.reduce(
        (sum, { properties }) => sum + Number(properties.ReservedConcurrentExecutions ?? 0),
        0,
      );
      return {
        AccountLimit: {
          ConcurrentExecutions: CONCURRENCY,
          UnreservedConcurrentExecutions: CONCURRENCY - reserved,
        },
        AccountUsage: { FunctionCount: functions.length },
      };
    },
  }),
};
