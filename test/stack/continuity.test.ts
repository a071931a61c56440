import { beforeAll, describe, expect, test } from '@jest/globals';
import { reportOf, synthesizeApart } from './synthesize-apart.ts';
import { all, one, readTemplate, type Template } from './template.ts';

describe('a stage with backups and a multi-Region key', () => {
  let folder: string;
  let continued: Template;
  beforeAll(async () => {
    const synthesis = await synthesizeApart({
      stage: 'example',
      checks: true,
      overrides: { backup: { keptDays: 90 }, multiRegionCodeKey: true },
    });
    if (!synthesis.succeeded) throw new Error(synthesis.said);
    folder = synthesis.folder;
    continued = readTemplate(folder, 'example');
  });

  test('passes the checks', () => {
    for (const pack of ['AwsSolutions', 'HIPAA.Security'])
      expect(reportOf(folder, pack).open).toEqual([]);
  });

  test('copies every table each night into an encrypted vault', () => {
    const [rule] = one('AWS::Backup::BackupPlan', '', continued).Properties.BackupPlan
      .BackupPlanRule;
    expect(rule.Lifecycle).toEqual({ DeleteAfterDays: 90 });
    const { Resources } = one('AWS::Backup::BackupSelection', '', continued).Properties
      .BackupSelection;
    expect(Resources).toHaveLength(all('AWS::DynamoDB::Table', continued).length);
    expect(one('AWS::Backup::BackupVault', '', continued).Properties).toHaveProperty(
      'EncryptionKeyArn',
    );
  });

  test('can replicate the key of codes', () => {
    expect(one('AWS::KMS::Key', 'KeysCodes', continued).Properties.MultiRegion).toBe(true);
  });
});

test('a stage without the settings has neither', () => {
  expect(all('AWS::Backup::BackupPlan')).toEqual([]);
  expect(one('AWS::KMS::Key', 'KeysCodes').Properties.MultiRegion).toBeUndefined();
});
