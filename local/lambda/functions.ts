import { z } from 'zod';
import type { Assembly } from '../template/assembly.ts';
import type { StackTemplate } from '../template/template.ts';

/** A function as the template defines it. */
export interface FunctionDefinition {
  /** Last part of the function's name: the name that logs and faults use. */
  id: string;
  name: string;
  arn: string;
  roleArn: string;
  directory: string;
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Record<string, string>;
}

const FunctionProperties = z.object({
  Runtime: z.literal('nodejs24.x', {
    error: (issue) => `the local machine runs nodejs24.x, not ${String(issue.input)}`,
  }),
  Handler: z.string(),
  Role: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
});

/** Reads every Lambda of the stack. */
export function readFunctions(template: StackTemplate, assembly: Assembly): FunctionDefinition[] {
  return template
    .ofType('AWS::Lambda::Function')
    .map(({ logicalId, ref, attributes, properties }) => {
      const parsed = FunctionProperties.safeParse(properties);
      if (!parsed.success)
        throw new Error(
          `The function ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
        );
      const { Handler, Role, Code, Timeout, MemorySize, Environment } = parsed.data;
      return {
        id: functionId(ref, template.place.stackName),
        name: ref,
        arn: attributes.Arn ?? '',
        roleArn: Role,
        directory: assembly.assetDirectory(Code.S3Key),
        handler: Handler,
        timeoutSeconds: Timeout,
        memoryMb: MemorySize,
        environment: onThisMachine(Environment?.Variables ?? {}, template),
      };
    });
}

/** The HTTP API's address in AWS does not resolve here: functions get the one that does. */
function onThisMachine(
  variables: Record<string, string>,
  { place: { publicEndpoint }, ofType }: StackTemplate,
): Record<string, string> {
  const elsewhere = /https:\/\/[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;
  const own = ofType('AWS::ApiGateway::DomainName').map(({ ref }) => `https://${ref}/`);
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      own.reduce(
        (text, address) => text.replaceAll(address, `${publicEndpoint}/`),
        value.replace(elsewhere, publicEndpoint),
      ),
    ]),
  );
}

/** Functions are named `portal-auth-<stage>-<id>`, the stack `PortalAuth-<stage>`. */
function functionId(name: string, stackName: string): string {
  const prefix = `portal-auth-${stackName.slice(stackName.indexOf('-') + 1)}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const PermissionProperties = z.object({
  FunctionName: z.string(),
  Principal: z.string(),
  Action: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** Whether the stack's Lambda permissions let a service invoke a function for a resource. */
export type MayInvoke = (functionArn: string, principal: string, sourceArn: string) => boolean;

/** Reads the stack's resource-based Lambda permissions. */
export function readInvokePermissions(template: StackTemplate): MayInvoke {
  const permissions = template
    .ofType('AWS::Lambda::Permission')
    .map(({ properties }) => PermissionProperties.parse(properties));
  const { account } = template.place;
  return (functionArn, principal, sourceArn) =>
    permissions.some(
      (permission) =>
        namesFunction(permission.FunctionName, functionArn) &&
        permission.Action === 'lambda:InvokeFunction' &&
        permission.Principal === principal &&
        matchesArn(permission.SourceArn ?? '*', sourceArn) &&
        (permission.SourceAccount ?? account) === account,
    );
}

function namesFunction(nameOrArn: string, functionArn: string): boolean {
  return nameOrArn === functionArn || functionArn.endsWith(`:function:${nameOrArn}`);
}

function matchesArn(pattern: string, arn: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(arn);
}
