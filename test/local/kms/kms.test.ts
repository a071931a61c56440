import { beforeEach, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { LocalContext } from '../../../local/context.ts';
import type { Reply } from '../../../local/gateway/messages.ts';
import { create } from '../../../local/kms/kms.ts';
import { callerOf, contextWith, type Resources } from '../context.ts';
import { jsonOf, role, type CallParts } from '../requests.ts';

const ROOT = 'arn:aws:iam::000000000000:root';
const policy = (AWS: unknown, more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS }, ...more }],
});
const key = (KeyPolicy: object, KeySpec = 'HMAC_256'): Resources[string] => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC', KeyPolicy },
});
const RESOURCES: Resources = {
  Codes: key(policy(ROOT)),
  Long: key(policy(ROOT), 'HMAC_512'),
  Alias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: 'alias/codes', TargetKeyId: { 'Fn::GetAtt': ['Codes', 'Arn'] } },
  },
  Tables: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(ROOT) } },
};
const Message = Buffer.from('123456').toString('base64');
const MacAlgorithm = 'HMAC_SHA_256';

let context: LocalContext;
let call: (operation: string, parts?: CallParts) => Promise<Reply>;
const idOf = (logicalId: string): string =>
  context.template.ofType('AWS::KMS::Key').find((one) => one.logicalId === logicalId)?.ref ?? '';
const boot = (resources = RESOURCES, more: Partial<LocalContext> = {}): void => {
  context = contextWith(resources, more);
  call = callerOf('kms', create(context));
};
beforeEach(() => boot());

const generate = async (input: object = {}, parts: CallParts = {}): Promise<string> => {
  const body = { KeyId: 'alias/codes', Message, MacAlgorithm, ...input };
  return (jsonOf(await call('GenerateMac', { body, ...parts })) as { Mac: string }).Mac;
};

describe('a MAC', () => {
  test('is the HMAC of the message, under id, ARN and alias alike', async () => {
    const mac = await generate();
    expect(Buffer.from(mac, 'base64')).toHaveLength(32);
    const id = idOf('Codes');
    expect(await generate({ KeyId: id })).toBe(mac);
    expect(await generate({ KeyId: `arn:aws:kms:us-east-1:000000000000:key/${id}` })).toBe(mac);
    expect(await generate({ Message: Buffer.from('123457').toString('base64') })).not.toBe(mac);
  });

  test('follows the length of the key', async () => {
    const mac = await generate({ KeyId: idOf('Long'), MacAlgorithm: 'HMAC_SHA_512' });
    expect(Buffer.from(mac, 'base64')).toHaveLength(64);
  });

  test('is the same as any HMAC of the material', async () => {
    const [material = ''] = Object.values(
      context.state.section<Record<string, string>>('kms-keys', () => ({})).value,
    );
    const expected = createHmac('sha256', Buffer.from(material, 'base64')).update('123456');
    expect(await generate()).toBe(expected.digest('base64'));
  });

  test('verifies, and no other does', async () => {
    const verify = async (Mac?: string) =>
      await call('VerifyMac', { body: { KeyId: 'alias/codes', Message, MacAlgorithm, Mac } });
    expect(jsonOf(await verify(await generate()))).toMatchObject({ MacValid: true });
    for (const mac of [undefined, '', 'AAAA', Buffer.alloc(32).toString('base64')])
      await expect(verify(mac)).rejects.toMatchObject({ code: 'KMSInvalidMacException' });
  });

  test('stays the same over a restart and a reset', async () => {
    const mac = await generate();
    context.state.reset();
    boot(RESOURCES, { state: context.state });
    expect(await generate()).toBe(mac);
  });
});

describe('KMS refuses', () => {
  test.each<[string, string, object, string]>([
    ['an unknown operation', 'Decrypt', {}, 'UnknownOperationException'],
    ['an unknown key', 'GenerateMac', { KeyId: 'alias/other' }, 'NotFoundException'],
    [
      'an algorithm of another length',
      'GenerateMac',
      { MacAlgorithm: 'HMAC_SHA_512' },
      'InvalidKeyUsageException',
    ],
    ['an unknown algorithm', 'GenerateMac', { MacAlgorithm: 'MD5' }, 'InvalidKeyUsageException'],
    ['a message that is not base64', 'GenerateMac', { Message: '!' }, 'ValidationException'],
    ['no message', 'GenerateMac', { Message: undefined }, 'ValidationException'],
  ])('%s', async (_what, operation, input, code) => {
    const body = { KeyId: 'alias/codes', Message, MacAlgorithm, ...input };
    await expect(call(operation, { body })).rejects.toMatchObject({ code });
  });

  test('a MAC by a key that encrypts', async () => {
    await expect(generate({ KeyId: idOf('Tables') })).rejects.toMatchObject({
      code: 'NotFoundException',
    });
  });
});

describe('who may use a key', () => {
  const allowed = role({ Effect: 'Allow', Action: 'kms:GenerateMac', Resource: '*' });

  test('needs a policy of its own where the key leaves it to the account', async () => {
    await expect(generate({}, { principal: allowed })).resolves.toBeDefined();
    await expect(generate({}, { principal: role() })).rejects.toThrow(/no identity-based policy/);
  });

  test.each<[string, object, boolean]>([
    ['names the account', policy('000000000000'), true],
    ['names the root', policy([ROOT]), true],
    ['names the role', policy('arn:aws:iam::000000000000:role/tested'), true],
    ['names everyone', policy('*'), true],
    ['names another role', policy('arn:aws:iam::000000000000:role/other'), false],
    ['allows another action', policy(ROOT, { Action: 'kms:VerifyMac' }), false],
    ['denies', policy(ROOT, { Effect: 'Deny' }), false],
    [
      'has a condition on the algorithm that holds',
      policy(ROOT, { Condition: { StringEquals: { 'kms:MacAlgorithm': MacAlgorithm } } }),
      true,
    ],
    [
      'has a condition on the algorithm that does not hold',
      policy(ROOT, { Condition: { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_512' } } }),
      false,
    ],
  ])('a key policy that %s: %s', async (_what, KeyPolicy, expected) => {
    boot({ ...RESOURCES, Codes: key(KeyPolicy) });
    const outcome = await generate({}, { principal: allowed }).then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(expected);
  });
});
