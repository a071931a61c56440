import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { BUILT_STACK } from '../built-stack.ts';
import { runApart, synthesizeApart, type Synthesis } from './synthesize-apart.ts';
import { all, one, readTemplate, template, type Template } from './template.ts';

/** What people would miss, or an auditor. */
const KEPT = [
  'AWS::DynamoDB::Table',
  'AWS::Cognito::UserPool',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
];
const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';
const ROLE = 'arn:aws:iam::111122223333:role/api-logging';

const policies = (from: Template, types = KEPT) =>
  new Set(types.flatMap((type) => all(type, from).map(([, one]) => one.DeletionPolicy)));

describe('what a stage keeps', () => {
  test('stays when the stack is deleted, and goes with a first deployment that is rolled back', () => {
    expect(policies(template)).toEqual(new Set(['RetainExceptOnCreate']));
    for (const type of KEPT)
      for (const [, { UpdateReplacePolicy }] of all(type))
        expect(UpdateReplacePolicy).toBe('Retain');
  });

  test('has no fixed name where a rollback would leave it behind', () => {
    const named = Object.entries(template.Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
      .filter(([, { Properties }]) => Object.keys(Properties).some((name) => /Name$/.test(name)));
    expect(named.map(([id]) => id)).toEqual([]);
  });

  test('includes the role by which API Gateway logs for the whole account', () => {
    for (const type of ['AWS::ApiGateway::Account', 'AWS::IAM::Role'])
      expect(one(type, 'HttpApiLogging').DeletionPolicy).toBe('Retain');
  });
});

describe('a stage that is disposable', () => {
  let disposable: Template;
  let synthesis: Synthesis;
  beforeAll(async () => {
    synthesis = await synthesizeApart({
      stage: 'example',
      checks: true,
      overrides: {
        disposable: true,
        apiLoggingRoleArn: ROLE,
        permissionsBoundaryArn: BOUNDARY,
        tags: { owner: 'identity' },
      },
    });
    disposable = readTemplate(synthesis.folder, 'example');
  });

  test('keeps, protects and locks nothing', () => {
    expect(synthesis).toMatchObject({ succeeded: true });
    expect(policies(disposable)).toEqual(new Set(['Delete']));
    for (const [, { Properties }] of all('AWS::DynamoDB::Table', disposable))
      expect(Properties.DeletionProtectionEnabled).toBe(false);
    expect(one('AWS::Cognito::UserPool', '', disposable).Properties.DeletionProtection).toBe(
      'INACTIVE',
    );
    for (const [, { Properties }] of all('AWS::S3::Bucket', disposable))
      expect(Properties).not.toHaveProperty('ObjectLockConfiguration');
    expect(terminationProtection(synthesis.folder, 'example')).toBe(false);
  });

  test('leaves alone what other stages of the account use', () => {
    expect(one('AWS::ApiGateway::Account', '', disposable)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { CloudWatchRoleArn: ROLE },
    });
  });

  test('makes no logging role where a setting names one', () => {
    const roles = all('AWS::IAM::Role', disposable).map(([id]) => id);
    expect(roles.filter((id) => id.startsWith('HttpApiLogging'))).toEqual([]);
  });

  test('has its boundary on every role, and its tags on its resources', () => {
    for (const [, { Properties }] of all('AWS::IAM::Role', disposable))
      expect(Properties.PermissionsBoundary).toBe(BOUNDARY);
    const tags = one('AWS::DynamoDB::Table', 'TablesAccounts', disposable).Properties.Tags;
    expect(tags).toEqual([
      { Key: 'owner', Value: 'identity' },
      { Key: 'portal-auth:stage', Value: 'example' },
    ]);
  });
});

describe('the API', () => {
  test('accepts TLS 1.2 and later only', () => {
    expect(one('AWS::ApiGateway::RestApi').Properties).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  test('bills no metrics for each method', () => {
    const { MethodSettings } = one('AWS::ApiGateway::Stage').Properties;
    expect(MethodSettings).toMatchObject([{ MetricsEnabled: false }]);
  });
});

describe('the CDK app', () => {
  test('deploys no stage by default, and says so without a stack trace', async () => {
    const run = promisify(execFile)(process.execPath, ['bin/portal-auth.ts'], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'No stage is chosen. Add -c stage=NAME to the command, with a stage of the context in ' +
        'cdk.json: local, example, large\n',
    });
  });

  test('reports faults before it builds anything', async () => {
    const context = { stage: 'odd', stages: { odd: { terms: { version: '1999-01' } } } };
    const run = promisify(execFile)(process.execPath, ['bin/portal-auth.ts'], {
      env: { ...process.env, NODE_OPTIONS: '', CDK_CONTEXT_JSON: JSON.stringify(context) },
    });
    const { stderr, stdout } = await run.catch((error: unknown) => error as typeof run);
    expect(stdout).toBe('');
    expect(stderr).toContain('stages.odd.portalOrigins = (not set)');
    expect(stderr).toContain('stages.odd.terms.version = "1999-01": must be one of');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('of the stage for one machine reaches no account', () => {
    const { artifacts } = manifestOf(BUILT_STACK);
    expect(artifacts['PortalAuth-local']?.environment).toBe('aws://000000000000/us-east-1');
  });
});

describe('the role by which GitHub deploys', () => {
  const synthesizeRole = `
    const { synthesizeDeploymentRole } = await import(process.argv[1] + '/synthesize.ts');
    synthesizeDeploymentRole(JSON.parse(process.argv[2]));
  `;
  const deployment = { repository: 'clinic/portal-auth', environment: 'example' };

  test('trusts one environment of one repository, and may assume the roles of the bootstrap', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
    const overrides = { deployment };
    await runApart(synthesizeRole, { stage: 'example', outdir, overrides });
    const role = readTemplate(outdir, 'example-deployment');
    const { AssumeRolePolicyDocument } = one('AWS::IAM::Role', '', role).Properties;
    expect(AssumeRolePolicyDocument.Statement).toMatchObject([
      {
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub':
              'repo:clinic/portal-auth:environment:example',
          },
        },
      },
    ]);
    const { Statement } = one('AWS::IAM::Policy', '', role).Properties.PolicyDocument;
    expect(Statement).toMatchObject([{ Action: 'sts:AssumeRole', Effect: 'Allow' }]);
  });

  test('needs to know who deploys', async () => {
    const { succeeded, said } = await runApart(synthesizeRole, { stage: 'example' });
    expect(succeeded).toBe(false);
    expect(said).toContain('stages.example.deployment = (not set): name the repository');
  });
});

interface Manifest {
  artifacts: Record<string, { environment?: string; properties?: Record<string, unknown> }>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

function terminationProtection(folder: string, stage: string): unknown {
  const { properties } = manifestOf(folder).artifacts[`PortalAuth-${stage}`] ?? {};
  return properties?.terminationProtection ?? false;
}
