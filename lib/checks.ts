import type { App, Stack } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { ACKNOWLEDGEMENTS, CONNECT_INSTANCE } from './acknowledgements.ts';

/**
 * Has synth fail on every finding of AwsSolutions and HIPAA.Security that is not acknowledged with
 * a reason.
 */
export function addChecks(app: App, stack: Stack, connectInstanceArn = ''): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
  for (const construct of stack.node.findAll()) {
    const path = construct.node.path.slice(stack.node.path.length + 1);
    for (const { at, rules, reason } of ACKNOWLEDGEMENTS) {
      if (at.test(path))
        Validations.of(construct).acknowledge(
          ...rules.map((rule) => ({
            id: rule.replace(CONNECT_INSTANCE, connectInstanceArn),
            reason,
          })),
        );
    }
  }
}
