import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { authorise } from '../iam/authorise.ts';
import type { StackTemplate } from '../template/template.ts';

/** S3: writing objects. They are kept as files under the data directory, or only counted where there is none; locks and versions are not shown. */
export function createS3(template: StackTemplate, directory: string | undefined): AwsService {
  const buckets = new Map(template.ofType('AWS::S3::Bucket').map(({ ref, attributes }) => [ref, attributes.Arn ?? '']));
  return (call) => {
    if (call.operation !== 'PutObject') throw unknownOperation('S3', call.operation);
    const [, bucket = '', ...path] = decodeURIComponent(call.http.path).split('/');
    const key = path.join('/');
    const arn = buckets.get(bucket);
    if (arn === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    authorise(call, template.place, 's3:PutObject', `${arn}/${key}`, {
      's3:x-amz-server-side-encryption': undefined, 's3:x-amz-acl': undefined, 's3:object-lock-mode': undefined,
    });
    if (directory !== undefined) keep(join(directory, 's3', bucket), key, call.http.body);
    const ETag = `"${createHash('md5').update(call.http.body).digest('hex')}"`;
    return Promise.resolve({ status: 200, headers: { etag: ETag }, body: '' });
  };
}

function keep(directory: string, key: string, body: Buffer): void {
  const file = join(directory, normalize(`/${key}`));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, body, { mode: 0o600 });
}
