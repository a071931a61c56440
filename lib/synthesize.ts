import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { definite } from './definite.ts';
import { PortalAuthStack } from './portal-auth-stack.ts';
import { readSettings } from './settings.ts';
import type { StageSettings } from './settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface CdkJson {
  context: Record<string, unknown>;
}

export interface SynthesizeOptions {
  /**
   * A stage of the context in cdk.json.
   * @default - `stage` of the context, which the command line may set (`-c stage=example`)
   */
  readonly stage?: string;
  /**
   * The folder for the template.
   * @default - the folder that the CDK command line chooses, or cdk.out
   */
  readonly outdir?: string;
  /**
   * Checks the template against AwsSolutions, HIPAA.Security and CloudFormation's own schemas, and
   * fails on any open finding: 3 s more.
   * @default true
   */
  readonly checks?: boolean;
  /**
   * Where the bundles are, a folder per function.
   * @default - dist
   */
  readonly bundles?: string;
  /**
   * Settings that replace those of the stage, such as the origin of a portal on a port chosen just
   * now.
   * @default - none
   */
  readonly overrides?: Partial<StageSettings>;
}

/**
 * Writes the CloudFormation template of a stage.
 * @returns the folder it is in
 * @throws SettingsFault when the stage's settings are wrong
 */
export async function synthesize(options: SynthesizeOptions = {}): Promise<string> {
  const { checks = true, outdir, bundles = join(root, 'dist') } = options;
  // The CDK command line passes the context itself. A call in process does not.
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as CdkJson;
  const app = new App({
    context,
    treeMetadata: false,
    analyticsReporting: false,
    builtinCloudFormationValidation: checks,
    ...definite({ outdir }),
  });
  const stage = options.stage ?? String(app.node.tryGetContext('stage'));
  const settings = readSettings(app.node.tryGetContext('stages'), stage, options.overrides);
  const stack = new PortalAuthStack(app, `PortalAuth-${stage}`, {
    settings,
    bundles,
    description: `Portal Auth, stage ${stage}: sign-in for a healthcare provider portal`,
  });
  if (checks) {
    // Imported only when needed, because the rule packs take half a second to load.
    const { addChecks } = await import('./checks.ts');
    addChecks(app, stack, settings.connect?.instanceArn);
  }
  return app.synth().directory;
}
