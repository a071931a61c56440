import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { requestContext } from '../iam/request-context.ts';
import { evaluate } from '../iam/evaluate.ts';
import { readPolicy, type Statement } from '../iam/statements.ts';
import type { State } from '../state.ts';
import type { Place } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';

const KeyProperties = z.object({
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
  KeyPolicy: z.unknown(),
});

interface MacKey {
  arn: string;
  spec: string;
  policy: Statement[];
  material: Buffer;
}

const ALGORITHMS: Record<string, { spec: string; hash: string }> = {
  HMAC_SHA_256: { spec: 'HMAC_256', hash: 'sha256' },
  HMAC_SHA_384: { spec: 'HMAC_384', hash: 'sha384' },
  HMAC_SHA_512: { spec: 'HMAC_512', hash: 'sha512' },
};

const MacInput = z.object({ KeyId: z.string(), Message: z.base64(), MacAlgorithm: z.string() });

/** KMS: MACs by the stack's HMAC keys. Encryption at rest has no counterpart here. */
export function createKms(template: StackTemplate, state: State): AwsService {
  const keys = readMacKeys(template, state);
  return (call) => {
    if (call.operation !== 'GenerateMac' && call.operation !== 'VerifyMac')
      throw unknownOperation('KMS', call.operation);
    const raw = jsonInput(call.http);
    const parsed = MacInput.safeParse(raw);
    if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
    const { KeyId, Message, MacAlgorithm } = parsed.data;
    const key = keys.get(KeyId);
    if (key === undefined)
      throw new AwsError('NotFoundException', `Key '${KeyId}' does not exist, or makes no MACs`);
    authoriseKey(call, template.place, key, MacAlgorithm);
    const mac = macOf(key, MacAlgorithm, Buffer.from(Message, 'base64'));
    if (call.operation === 'VerifyMac') {
      checkMac(mac, raw.Mac);
      return Promise.resolve(
        jsonReply(call.protocol, { KeyId: key.arn, MacValid: true, MacAlgorithm }),
      );
    }
    return Promise.resolve(
      jsonReply(call.protocol, { KeyId: key.arn, Mac: mac.toString('base64'), MacAlgorithm }),
    );
  };
}

function macOf({ arn, spec, material }: MacKey, name: string, message: Buffer): Buffer {
  const algorithm = ALGORITHMS[name];
  if (algorithm?.spec !== spec)
    throw new AwsError(
      'InvalidKeyUsageException',
      `Algorithm ${name} is incompatible with key spec ${spec} of ${arn}.`,
    );
  return createHmac(algorithm.hash, material).update(message).digest();
}

function checkMac(expected: Buffer, given: unknown): void {
  const mac = Buffer.from(typeof given === 'string' ? given : '', 'base64');
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
    throw new AwsError('KMSInvalidMacException', 'The MAC is not valid.');
}

/** IAM decides only where the key's own policy leaves it to the account. */
function authoriseKey(call: AwsCall, place: Place, key: MacKey, algorithm: string): void {
  const action = `kms:${call.operation}`;
  const context = {
    'kms:MacAlgorithm': algorithm,
    'kms:CallerAccount': place.account,
    'kms:KeySpec': key.spec,
  };
  authorise(call, place, action, key.arn, context);
  if (call.principal.kind !== 'role') return;
  const root = `arn:${place.partition}:iam::${place.account}:root`;
  const meant = key.policy.filter(
    ({ principal }) =>
      names(principal, root, place.account) ||
      names(principal, call.principal.kind === 'role' ? call.principal.arn : root, ''),
  );
  if (
    evaluate(meant, {
      action,
      resource: key.arn,
      context: requestContext(call.principal, place, context),
    }) !== 'allowed'
  ) {
    throw new AwsError(
      'AccessDeniedException',
      `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${key.arn} because no resource-based policy allows the ${action} action`,
    );
  }
}

function names(principal: unknown, arn: string, account: string): boolean {
  if (principal === '*') return true;
  const aws = (principal as { AWS?: unknown } | undefined)?.AWS;
  const listed: unknown[] = Array.isArray(aws) ? aws : [aws];
  return listed.some((one) => one === arn || one === '*' || (account !== '' && one === account));
}

function readMacKeys(template: StackTemplate, state: State): Map<string, MacKey> {
  const materials = state.section<Record<string, string>>('kms-keys', () => ({}));
  const aliases = template.ofType('AWS::KMS::Alias');
  return new Map(
    template.ofType('AWS::KMS::Key').flatMap(({ logicalId, ref, attributes, properties }) => {
      const { KeySpec, KeyUsage, KeyPolicy } = KeyProperties.parse(properties);
      if (KeyUsage !== 'GENERATE_VERIFY_MAC') return [];
      materials.value[ref] ??= randomBytes(Number(KeySpec.slice('HMAC_'.length)) / 8).toString(
        'base64',
      );
      materials.changed();
      const arn = attributes.Arn ?? '';
      const key = {
        arn,
        spec: KeySpec,
        policy: readPolicy(KeyPolicy, logicalId),
        material: Buffer.from(materials.value[ref] ?? '', 'base64'),
      };
      const names = aliases
        .filter(({ properties: { TargetKeyId } }) => TargetKeyId === arn || TargetKeyId === ref)
        .map((alias) => alias.ref);
      return [ref, arn, ...names].map((name) => [name, key] as const);
    }),
  );
}
