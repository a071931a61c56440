import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import type { Resource } from '../template/template.ts';

type Inputs = Pick<LocalContext, 'place' | 'template' | 'principals' | 'clock'>;

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const HOUR_MS = 3_600_000;

/** Security Token Service: whose credentials a request is signed with, and the roles of people. */
export function create(inputs: Inputs): LocalService {
  return {
    aws: {
      sts: async (call) => {
        if (call.operation === 'GetCallerIdentity')
          return await Promise.resolve(callerIdentity(inputs.place, call));
        if (call.operation === 'AssumeRole') return await Promise.resolve(assumeRole(inputs, call));
        throw unknownOperation('STS', call.operation);
      },
    },
  };
}

const unknownKeys = () =>
  new AwsError(
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    403,
  );

/** It needs no permission (IAM user guide, GetCallerIdentity). */
function callerIdentity({ account, partition }: Place, { principal }: AwsCall): Reply {
  if (principal.kind === 'stranger') throw unknownKeys();
  const { arn } = principal;
  const name = arn.split('/').at(-1) ?? '';
  const session = principal.kind === 'role' ? principal.session : undefined;
  const Arn =
    session === undefined
      ? arn
      : `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
  const UserId =
    principal.kind === 'operator' ? 'AIDALOCALOPERATOR' : `AROALOCAL:${session ?? name}`;
  return queryReply(NAMESPACE, 'GetCallerIdentity', { Arn, UserId, Account: account });
}

const Trust = z.object({
  Statement: z.array(
    z.object({
      Action: z.literal('sts:AssumeRole'),
      Effect: z.literal('Allow'),
      Principal: z.object({ AWS: z.string() }),
      Condition: z
        .strictObject({ Bool: z.strictObject({ 'aws:MultiFactorAuthPresent': z.literal('true') }) })
        .optional(),
    }),
  ),
});

/**
 * The operator, as a user of the account, takes on a role that trusts the account. Where the role
 * asks for a second factor, the request must name a device and six digits, which nothing checks
 * here.
 */
function assumeRole({ template, principals, place, clock }: Inputs, call: AwsCall): Reply {
  if (call.principal.kind === 'stranger') throw unknownKeys();
  const form = new URLSearchParams(call.http.body.toString('utf8'));
  const [roleArn, session] = [form.get('RoleArn') ?? '', form.get('RoleSessionName') ?? ''];
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    throw new AwsError('ValidationError', 'RoleSessionName must be 2 to 64 of [\\w+=,.@-].');
  const role = template
    .ofType('AWS::IAM::Role')
    .find(({ attributes }) => attributes.Arn === roleArn);
  const hasFactor = form.has('SerialNumber') && /^\d{6}$/.test(form.get('TokenCode') ?? '');
  if (call.principal.kind !== 'operator' || !trusts(role, place, hasFactor)) {
    const message =
      `User: ${call.principal.arn} is not authorized to perform: ` +
      `sts:AssumeRole on resource: ${roleArn}`;
    throw new AwsError('AccessDenied', message, 403);
  }
  const { accessKeyId, secretAccessKey } = principals.assume(roleArn, session);
  const name = roleArn.split('/').at(-1) ?? '';
  return queryReply(NAMESPACE, 'AssumeRole', {
    AssumedRoleUser: {
      Arn: `arn:${place.partition}:sts::${place.account}:assumed-role/${name}/${session}`,
      AssumedRoleId: `AROALOCAL:${session}`,
    },
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: session,
      Expiration: new Date(clock.now() + HOUR_MS).toISOString(),
    },
  });
}

function trusts(role: Resource | undefined, place: Place, hasFactor: boolean): boolean {
  const trust = Trust.safeParse(role?.properties.AssumeRolePolicyDocument);
  if (!trust.success) return false;
  const root = `arn:${place.partition}:iam::${place.account}:root`;
  return trust.data.Statement.some(
    ({ Principal, Condition }) => Principal.AWS === root && (Condition === undefined || hasFactor),
  );
}
