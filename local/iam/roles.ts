import { z } from 'zod';
import type { Resource, StackTemplate } from '../template/template.ts';
import { readPolicy, type Statement } from './statements.ts';

const RoleProperties = z.object({
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z
    .undefined({ error: 'permissions boundaries are not evaluated here' })
    .optional(),
});

const PolicyProperties = z.object({
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});

/** Log and trace writing is outside this machine: nothing here answers to those actions. */
const AWS_POLICIES_WITHOUT_EFFECT = [
  'service-role/AWSLambdaBasicExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
];

/** Every role's statements by role ARN: inline, attached and managed. */
export function readRoles(template: StackTemplate): Map<string, Statement[]> {
  const managed = template
    .ofType('AWS::IAM::ManagedPolicy')
    .map((resource) => ({ arn: resource.ref, ...readAttached(resource) }));
  const attached = template.ofType('AWS::IAM::Policy').map(readAttached);
  return new Map(
    template.ofType('AWS::IAM::Role').map((role) => {
      const properties = RoleProperties.parse(role.properties);
      const inline = properties.Policies.flatMap(({ PolicyName, PolicyDocument }) =>
        readPolicy(PolicyDocument, `${role.logicalId}/${PolicyName}`),
      );
      const byRole = [...managed, ...attached].filter(({ roles }) => roles.includes(role.ref));
      const byArn = properties.ManagedPolicyArns.flatMap((arn) => statementsOf(arn, managed));
      return [
        role.attributes.Arn ?? '',
        [...inline, ...byRole.flatMap(({ statements }) => statements), ...byArn],
      ];
    }),
  );
}

function readAttached({ logicalId, properties }: Resource): {
  roles: string[];
  statements: Statement[];
} {
  const { PolicyDocument, Roles } = PolicyProperties.parse(properties);
  return {
    roles: Roles,
    statements: readPolicy(PolicyDocument, logicalId),
  };
}

function statementsOf(
  arn: string,
  managed: { arn: string; statements: Statement[] }[],
): Statement[] {
  const own = managed.find((policy) => policy.arn === arn);
  if (own !== undefined) return own.statements;
  if (AWS_POLICIES_WITHOUT_EFFECT.some((name) => arn.endsWith(`:aws:policy/${name}`))) return [];
  throw new Error(
    `A role has the managed policy ${arn}, whose statements the local machine does not have. ` +
      'Write the permissions out in the stack.',
  );
}
