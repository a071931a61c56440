import type { Stack } from 'aws-cdk-lib';
import { Annotations, Aspects, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Disposable } from './disposable.ts';
import type { StageSettings } from './settings.ts';
import { warningsOf } from './warnings.ts';

/** Applies to every resource of a stage what its settings say of all of them. */
export function applyToEverything(stack: Stack, settings: StageSettings): void {
  const { stage, tags, permissionsBoundaryArn, disposable } = settings;
  Tags.of(stack).add('portal-auth:stage', stage);
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  if (permissionsBoundaryArn !== undefined)
    PermissionsBoundary.of(stack).apply(
      ManagedPolicy.fromManagedPolicyArn(stack, 'PermissionsBoundary', permissionsBoundaryArn),
    );
  if (disposable) Aspects.of(stack).add(new Disposable());
  for (const [id, text] of Object.entries(warningsOf(settings)))
    Annotations.of(stack).addWarningV2(`portal-auth:${id}`, text);
}
