import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { definite } from './definite.ts';
import { DeploymentRole } from './deployment-role.ts';
import { PortalAuthStack } from './portal-auth-stack.ts';
import { readSettings, SettingsFault } from './read-settings.ts';
import type { StageSettings } from './settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface CdkJson {
  context: Record<string, unknown>;
}

export interface SynthesizeOptions {
  /**
   * A stage of the context in cdk.json.
   * @default - `stage` of the context, which the command line sets (`-c stage=example`)
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
 * Checks the settings of a stage, before anything is built.
 * @throws SettingsFault when they are wrong
 */
export function checkSettings(options: SynthesizeOptions = {}): void {
  openStage(options);
}

function openStage({ stage, outdir, overrides, checks = true }: SynthesizeOptions): {
  app: App;
  settings: StageSettings;
} {
  // The CDK command line passes the context itself. A call in process does not.
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as CdkJson;
  const app = new App({
    context,
    treeMetadata: false,
    analyticsReporting: false,
    builtinCloudFormationValidation: checks,
    ...definite({ outdir }),
  });
  const chosen = stage ?? (app.node.tryGetContext('stage') as string | undefined);
  return { app, settings: readSettings(app.node.tryGetContext('stages'), chosen, overrides) };
}

/**
 * Writes the CloudFormation template of a stage.
 * @returns the folder it is in
 * @throws SettingsFault when the stage's settings are wrong
 */
export async function synthesize(options: SynthesizeOptions = {}): Promise<string> {
  const { checks = true, bundles = join(root, 'dist') } = options;
  const { app, settings } = openStage(options);
  const { stage, env, disposable } = settings;
  const stack = new PortalAuthStack(app, `PortalAuth-${stage}`, {
    settings,
    bundles,
    description: `Portal Auth, stage ${stage}: sign-in for a healthcare provider portal`,
    terminationProtection: !disposable,
    ...definite({ env }),
  });
  if (checks) {
    // Imported only when needed, because the rule packs take half a second to load.
    const { addChecks } = await import('./checks.ts');
    addChecks(app, stack, settings.connect?.instanceArn);
  }
  return app.synth().directory;
}

/**
 * Writes the template of the role by which a stage is deployed from GitHub.
 * @returns the folder it is in
 * @throws SettingsFault when the stage's settings are wrong or do not say who deploys it
 */
export function synthesizeDeploymentRole(options: SynthesizeOptions = {}): string {
  const { app, settings } = openStage(options);
  const { stage, env, deployment } = settings;
  if (deployment === undefined)
    throw new SettingsFault(
      `stages.${stage}.deployment = (not set): name the repository and the environment that ` +
        `deploy it`,
    );
  new DeploymentRole(app, `PortalAuth-${stage}-deployment`, {
    stage,
    deployment,
    ...definite({ env }),
  });
  return app.synth().directory;
}
