import { z } from 'zod';
import type { StackTemplate } from '../template/template.ts';
import { functionsOf, readContactFlow, type ContactFlow } from './contact-flow.ts';

/** A Connect instance, as far as the stack's flows name it. */
export interface Instance {
  arn: string;
  /** Flow id → flow. */
  flows: Map<string, NamedFlow>;
}

/** A flow with the name by which Connect's metrics have it. */
export type NamedFlow = ContactFlow & { name: string };

const FlowProperties = z.object({
  InstanceArn: z.string(),
  Type: z.literal('CONTACT_FLOW'),
  Name: z.string(),
  Content: z.string(),
});

const AssociationProperties = z.object({
  InstanceId: z.string(),
  IntegrationType: z.literal('LAMBDA_FUNCTION'),
  IntegrationArn: z.string(),
});
type Association = z.infer<typeof AssociationProperties>;

/**
 * The instances that the stack's flows belong to, by id.
 * @throws Error on a flow that invokes a function which is not associated with its instance
 */
export function readInstances(template: StackTemplate): Map<string, Instance> {
  const associations = template
    .ofType('AWS::Connect::IntegrationAssociation')
    .map(({ properties }) => AssociationProperties.parse(properties));
  const instances = new Map<string, Instance>();
  for (const { logicalId, ref, properties } of template.ofType('AWS::Connect::ContactFlow')) {
    const { InstanceArn, Content, Name: name } = FlowProperties.parse(properties);
    const flow = readContactFlow(Content, logicalId);
    checkAssociated(logicalId, InstanceArn, flow, associations);
    const id = lastPart(InstanceArn);
    const instance = instances.get(id) ?? { arn: InstanceArn, flows: new Map() };
    instance.flows.set(lastPart(ref), { ...flow, name });
    instances.set(id, instance);
  }
  return instances;
}

function checkAssociated(
  logicalId: string,
  instanceArn: string,
  flow: ContactFlow,
  associations: Association[],
): void {
  const associated = associations
    .filter(({ InstanceId }) => InstanceId === instanceArn)
    .map(({ IntegrationArn }) => IntegrationArn);
  const other = functionsOf(flow).find((arn) => !associated.includes(arn));
  if (other !== undefined)
    throw new Error(
      `The contact flow ${logicalId} invokes ${other}, which is not associated with its ` +
        'instance. Add an AWS::Connect::IntegrationAssociation.',
    );
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
