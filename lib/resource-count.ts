import { CfnResource, type Stack } from 'aws-cdk-lib';

/** CloudFormation refuses a template with more. */
const MOST_RESOURCES = 500;

/** Settings that add resources and that a stage can do without, the largest first. */
const OPTIONS = 'portalSite, canary, backup, apiDomain';

/** Has synthesis fail, and say what to leave out, where a stage is too large for CloudFormation. */
export function limitResources(stack: Stack, most = MOST_RESOURCES): void {
  stack.node.addValidation({
    validate: () => {
      const count = stack.node.findAll().filter((one) => CfnResource.isCfnResource(one)).length;
      return count <= most
        ? []
        : [
            `The stage has ${count} resources, and CloudFormation takes ${most} in a stack. ` +
              `Leave one of its settings out: ${OPTIONS}.`,
          ];
    },
  });
}
