/** Queries on the template of stage `local`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BUILT_STACK } from '../built-stack.ts';

export interface Resource {
  Type: string;
  // A template's properties are as varied as AWS. Tests read those that they expect.
  // oxlint-disable-next-line typescript/no-explicit-any
  Properties: any;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
}

export function readTemplate(folder = BUILT_STACK, stage = 'local'): Template {
  return JSON.parse(
    readFileSync(resolve(folder, `PortalAuth-${stage}.template.json`), 'utf8'),
  ) as Template;
}

export const template = readTemplate();

/** Every resource of a type, with its logical id. */
export function all(type: string, from: Template = template): [id: string, resource: Resource][] {
  return Object.entries(from.Resources).filter(([, resource]) => resource.Type === type);
}

/** The only resource of a type whose logical ID has this prefix. */
export function one(type: string, idPrefix = '', from: Template = template): Resource {
  const found = all(type, from).filter(([id]) => id.startsWith(idPrefix));
  if (found.length !== 1)
    throw new Error(
      `${found.length} resources of type ${type} begin with "${idPrefix}": ` +
        found.map(([id]) => id).join(', '),
    );
  return found[0]![1];
}

/** Function id → its resource. */
export function functions(from: Template = template): Map<string, Resource> {
  return new Map(
    all('AWS::Lambda::Function', from).map(([, fn]) => [
      String(fn.Properties.FunctionName).replace(/^portal-auth-[a-z]+-/, ''),
      fn,
    ]),
  );
}

export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: Record<string, unknown>;
  Action: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Everything that a function's role may do. */
export function rightsOf(functionId: string, from: Template = template): Statement[] {
  const fn = functions(from).get(functionId)!;
  const [roleId] = fn.Properties.Role['Fn::GetAtt'] as [string];
  return from.Resources[roleId]!.Properties.ManagedPolicyArns.flatMap(
    ({ Ref }: { Ref: string }) =>
      from.Resources[Ref]!.Properties.PolicyDocument.Statement as Statement[],
  );
}

export const listed = (value: string | string[]): string[] => [value].flat();

/** Logical ids that a value refers to. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String([inner].flat()[0]).split('.')[0]!];
    if (key === 'Fn::Sub')
      return [...String([inner].flat()[0]).matchAll(/\$\{([A-Za-z0-9]+)/g)]
        .map(([, id]) => id!)
        .concat(referencesIn(inner));
    return referencesIn(inner);
  });
}
