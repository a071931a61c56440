import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { requestContext } from '../iam/request-context.ts';
import { evaluate } from '../iam/evaluate.ts';
import { readPolicy, type Statement } from '../iam/statements.ts';
import type { LocalService } from '../service.ts';
import type { Section, State } from '../state.ts';
import type { Place } from '../template/place.ts';
import type { Resource, StackTemplate } from '../template/template.ts';

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

const MacInput = z.object({
  KeyId: z.string(),
  Message: z.base64(),
  MacAlgorithm: z.string(),
  Mac: z.string().default(''),
});
type MacInput = z.infer<typeof MacInput>;

type Inputs = Pick<LocalContext, 'template' | 'place' | 'state'>;

/** KMS: MACs by the stack's HMAC keys. Encryption at rest has no counterpart here. */
export function create({ template, place, state }: Inputs): LocalService {
  const keys = readMacKeys(template, state);
  return {
    aws: {
      kms: async (call) => {
        const answer = OPERATIONS[call.operation];
        if (answer === undefined) throw unknownOperation('KMS', call.operation);
        return await Promise.resolve(jsonReply(call.protocol, answer(keys, place, call)));
      },
    },
  };
}

const OPERATIONS: Record<string, (keys: MacKeys, place: Place, call: AwsCall) => object> = {
  GenerateMac(keys, place, call) {
    const { key, mac, input } = computeMac(keys, place, call);
    const { MacAlgorithm } = input;
    return {
      KeyId: key.arn,
      Mac: mac.toString('base64'),
      MacAlgorithm,
    };
  },
  VerifyMac(keys, place, call) {
    const { key, mac, input } = computeMac(keys, place, call);
    checkMac(mac, input.Mac);
    return {
      KeyId: key.arn,
      MacValid: true,
      MacAlgorithm: input.MacAlgorithm,
    };
  },
};

function computeMac(
  keys: MacKeys,
  place: Place,
  call: AwsCall,
): { key: MacKey; mac: Buffer; input: MacInput } {
  const parsed = MacInput.safeParse(jsonInput(call.http));
  if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
  const input = parsed.data;
  const key = keys.get(input.KeyId);
  if (key === undefined)
    throw new AwsError(
      'NotFoundException',
      `Key '${input.KeyId}' does not exist, or it is not an HMAC key`,
    );
  authoriseKey(call, place, key, input.MacAlgorithm);
  const mac = macOf(key, input.MacAlgorithm, Buffer.from(input.Message, 'base64'));
  return { key, mac, input };
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

function checkMac(expected: Buffer, given: string): void {
  const mac = Buffer.from(given, 'base64');
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
    throw new AwsError('KMSInvalidMacException', 'The MAC is not valid.');
}

/** IAM decides only where the key's own policy leaves it to the account. */
function authoriseKey(call: AwsCall, place: Place, key: MacKey, algorithm: string): void {
  const { principal } = call;
  const context = {
    'kms:MacAlgorithm': algorithm,
    'kms:CallerAccount': place.account,
    'kms:KeySpec': key.spec,
  };
  const action = `kms:${call.operation}`;
  authorise(call, place, {
    action,
    resource: key.arn,
    context,
  });
  if (principal.kind !== 'role') return;
  const root = `arn:${place.partition}:iam::${place.account}:root`;
  const meant = key.policy.filter(
    (statement) =>
      names(statement.principal, root, place.account) ||
      names(statement.principal, principal.arn, ''),
  );
  const all = requestContext(principal, place, context);
  if (
    evaluate(meant, {
      action,
      resource: key.arn,
      context: all,
    }) === 'allowed'
  )
    return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${key.arn} ` +
      `because no resource-based policy allows the ${action} action`,
  );
}

function names(principal: unknown, arn: string, account: string): boolean {
  if (principal === '*') return true;
  const aws = (principal as { AWS?: unknown } | undefined)?.AWS;
  const listed: unknown[] = Array.isArray(aws) ? aws : [aws];
  return listed.some((one) => one === arn || one === '*' || (account !== '' && one === account));
}

/** The HMAC keys by id, ARN and alias. */
type MacKeys = Map<string, MacKey>;

/** Key material outlasts a reset, as a key in AWS outlasts the data. */
function readMacKeys(template: StackTemplate, state: State): MacKeys {
  const materials = state.section<Record<string, string>>('kms-keys', () => ({}), {
    permanent: true,
  });
  const aliases = template.ofType('AWS::KMS::Alias');
  const entries = template.ofType('AWS::KMS::Key').flatMap((resource) => {
    const key = readMacKey(resource, materials);
    if (key === undefined) return [];
    const aliasNames = aliases
      .filter(({ properties: { TargetKeyId: to } }) => to === key.arn || to === resource.ref)
      .map(({ ref }) => ref);
    return [resource.ref, key.arn, ...aliasNames].map((name) => [name, key] as const);
  });
  materials.changed();
  return new Map(entries);
}

function readMacKey(
  { logicalId, ref, attributes, properties }: Resource,
  materials: Section<Record<string, string>>,
): MacKey | undefined {
  const { KeySpec, KeyUsage, KeyPolicy } = KeyProperties.parse(properties);
  if (KeyUsage !== 'GENERATE_VERIFY_MAC') return undefined;
  const length = Number(KeySpec.slice('HMAC_'.length)) / 8;
  materials.value[ref] ??= randomBytes(length).toString('base64');
  return {
    arn: attributes.Arn ?? '',
    spec: KeySpec,
    policy: readPolicy(KeyPolicy, logicalId),
    material: Buffer.from(materials.value[ref], 'base64'),
  };
}
