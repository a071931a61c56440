import { createHash } from 'node:crypto';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService, Reply } from '../gateway/messages.ts';
import { authorise } from '../iam/authorise.ts';
import type { StackTemplate } from '../template/template.ts';
import { openObjects, type Objects } from './objects.ts';

/** Objects that a listing has at most. */
const PAGE = 1_000;

/** S3 by path: writing, reading and listing objects. Locks and versions are not shown. */
export function createS3(template: StackTemplate, directory: string | undefined): AwsService {
  const buckets = new Map(
    template
      .ofType('AWS::S3::Bucket')
      .map(({ ref, attributes }) => [
        ref,
        { arn: attributes.Arn ?? '', objects: openObjects(directory, ref) },
      ]),
  );
  return (call) => {
    const [, name = '', ...path] = decodeURIComponent(call.http.path).split('/');
    const bucket = buckets.get(name);
    if (bucket === undefined)
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    const operation = OPERATIONS[call.operation];
    if (operation === undefined) throw unknownOperation('S3', call.operation);
    const key = path.join('/');
    authorise(
      call,
      template.place,
      operation.action,
      key === '' ? bucket.arn : `${bucket.arn}/${key}`,
      {
        's3:x-amz-server-side-encryption': undefined,
        's3:x-amz-acl': undefined,
        's3:object-lock-mode': undefined,
      },
    );
    return Promise.resolve(operation.answer(call, bucket.objects, key));
  };
}

const OPERATIONS: Record<
  string,
  { action: string; answer(call: AwsCall, objects: Objects, key: string): Reply }
> = {
  PutObject: {
    action: 's3:PutObject',
    answer({ http }, objects, key) {
      objects.put(key, http.body);
      return {
        status: 200,
        headers: { etag: `"${createHash('md5').update(http.body).digest('hex')}"` },
        body: '',
      };
    },
  },
  GetObject: {
    action: 's3:GetObject',
    answer(_call, objects, key) {
      const body = objects.get(key);
      if (body === undefined)
        throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
  },
  ListObjectsV2: {
    action: 's3:ListBucket',
    answer({ http }, objects) {
      const prefix = http.query.get('prefix') ?? '';
      const after = http.query.get('continuation-token') ?? '';
      const keys = objects
        .keys()
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort();
      const page = keys.slice(0, PAGE);
      const contents = page.map((key) => `<Contents><Key>${xml(key)}</Key></Contents>`).join('');
      const more =
        keys.length > PAGE
          ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${xml(page.at(-1) ?? '')}</NextContinuationToken>`
          : '<IsTruncated>false</IsTruncated>';
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: `<ListBucketResult>${more}<KeyCount>${page.length}</KeyCount>${contents}</ListBucketResult>`,
      };
    },
  },
};

function xml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
