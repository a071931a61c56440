import { createHash } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService, HttpRequest, Reply } from '../gateway/messages.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { openObjects, type Objects } from './objects.ts';

/** The most objects in one page of a listing. */
const PAGE = 1_000;

/** Condition keys that a request may carry in AWS and never carries here. */
const ABSENT = {
  's3:x-amz-server-side-encryption': undefined,
  's3:x-amz-acl': undefined,
  's3:object-lock-mode': undefined,
};

interface Bucket {
  arn: string;
  objects: Objects;
}

/** S3 by path: writing, reading and listing objects. Locks and versions are not shown. */
export function create(context: Pick<LocalContext, 'template' | 'place' | 'data'>): LocalService {
  const { template, place, data } = context;
  const buckets = new Map<string, Bucket>(
    template.ofType('AWS::S3::Bucket').map(({ ref, attributes }) => [
      ref,
      {
        arn: attributes.Arn ?? '',
        objects: openObjects(data, ref),
      },
    ]),
  );
  return {
    aws: { s3: createS3(buckets, place) },
    erase: () => buckets.forEach(({ objects }) => objects.clear()),
  };
}

function createS3(buckets: ReadonlyMap<string, Bucket>, place: Place): AwsService {
  return async (call) => {
    const [, name = '', ...path] = decodePath(call.http.path).split('/');
    const bucket = buckets.get(name);
    if (bucket === undefined)
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    const operation = OPERATIONS[call.operation];
    if (operation === undefined) throw unknownOperation('S3', call.operation);
    const key = path.join('/');
    const resource = key === '' ? bucket.arn : `${bucket.arn}/${key}`;
    authorise(call, place, {
      action: operation.action,
      resource,
      context: ABSENT,
    });
    return await Promise.resolve(operation.answer(call, bucket.objects, key));
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidURI', `Could not parse the specified URI: ${path}`);
  }
}

interface S3Operation {
  action: string;
  answer: (call: AwsCall, objects: Objects, key: string) => Reply;
}

const OPERATIONS: Record<string, S3Operation> = {
  PutObject: {
    action: 's3:PutObject',
    answer({ http }, objects, key) {
      objects.put(key, http.body);
      const etag = `"${createHash('md5').update(http.body).digest('hex')}"`;
      return {
        status: 200,
        headers: { etag },
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
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body,
      };
    },
  },
  ListObjectsV2: {
    action: 's3:ListBucket',
    answer: ({ http }, objects) => list(http, objects),
  },
};

function list({ query }: HttpRequest, objects: Objects): Reply {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = objects
    .keys()
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const page = keys.slice(0, PAGE);
  const contents = page.map((key) => `<Contents><Key>${xml(key)}</Key></Contents>`).join('');
  const token = xml(page.at(-1) ?? '');
  const more =
    keys.length > PAGE
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>`
      : '<IsTruncated>false</IsTruncated>';
  const count = `<KeyCount>${page.length}</KeyCount>`;
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<ListBucketResult>${more}${count}${contents}</ListBucketResult>`,
  };
}

function xml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
