import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { describes, type Descriptions, found, type Inputs } from './description.ts';

const TargetRequest = z.object({ TargetArn: z.string() });
const RuleRequest = z.object({ Name: z.string() });

const Targets = z.array(z.object({ Arn: z.unknown() }));

const rulesOf = ({ template }: Inputs) => template.ofType('AWS::Events::Rule');

const hasTarget = ({ properties }: Resource, arn: string): boolean =>
  Targets.parse(properties.Targets ?? []).some(({ Arn }) => Arn === arn);

function ruleOf(inputs: Inputs, { Name }: z.infer<typeof RuleRequest>): Resource {
  const message = `Rule ${Name} does not exist on EventBus default.`;
  const rule = rulesOf(inputs).find(({ ref }) => ref === Name);
  return found(rule, 'ResourceNotFoundException', message);
}

export const eventDescriptions: Descriptions = {
  ListRuleNamesByTarget: describes(TargetRequest, {
    reply: (inputs, { TargetArn }) => {
      const targeting = rulesOf(inputs).filter((rule) => hasTarget(rule, TargetArn));
      return { RuleNames: targeting.map(({ ref }) => ref) };
    },
  }),
  DescribeRule: describes(RuleRequest, {
    resource: (inputs, request) => ruleOf(inputs, request).attributes.Arn ?? '',
    reply: (inputs, request) => {
      const { ref, attributes, properties } = ruleOf(inputs, request);
      const { ScheduleExpression, State = 'ENABLED' } = properties;
      return { Name: ref, Arn: attributes.Arn, ScheduleExpression, State };
    },
  }),
};
