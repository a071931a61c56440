/** Exports the audit trail as JSON Lines, and compares it with the archive. */
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { archiveKey, archiveText } from '../../lambdas/ground/audit/archive.rules.ts';
import type { Target } from './target.ts';

interface StoredEvent {
  accountId: string;
  eventId: string;
  at: string;
}

/** Reads every event of the table from `from` to `to` (ISO 8601, `to` exclusive), page by page. */
async function* eventsBetween(
  target: Target,
  from: string,
  to: string,
): AsyncGenerator<StoredEvent> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await target.client.send(
      new ScanCommand({
        TableName: target.table('AuditEvents'),
        ConsistentRead: true,
        FilterExpression: '#at >= :from AND #at < :to',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':from': from, ':to': to },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield* Items as StoredEvent[];
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

export async function exportAudit(target: Target, from: string, to: string): Promise<number> {
  for await (const event of eventsBetween(target, from, to)) {
    if (!process.stdout.write(`${JSON.stringify(event)}\n`))
      await new Promise((drained) => process.stdout.once('drain', drained));
  }
  return 0;
}

/** Finds events that the archive lacks, that differ from it, and that only the archive has. */
export async function verifyAudit(target: Target, from: string, to: string): Promise<number> {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = target.output('AuditBucketName');
  let [compared, faults] = [0, 0];
  const fault = (what: string, key: string) => {
    faults += 1;
    console.log(`${what}  ${key}`);
  };
  const inTable = new Set<string>();
  for await (const event of eventsBetween(target, from, to)) {
    compared += 1;
    const Key = archiveKey(event);
    inTable.add(Key);
    const archived = await readObject(s3, Bucket, Key);
    if (archived === undefined) fault('NOT ARCHIVED', Key);
    else if (archived !== archiveText(event)) fault('ALTERED     ', Key);
  }
  for await (const key of archivedBetween(s3, Bucket, from, to))
    if (!inTable.has(key)) fault('MISSING     ', key);
  console.log(`${compared} events compared, ${faults} faults found`);
  return faults === 0 ? 0 : 3;
}

async function readObject(s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    return await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/**
 * Keys of the archive between two times. Keys begin with the date, so the listing is limited to the
 * prefix that both times share.
 */
async function* archivedBetween(
  s3: S3Client,
  Bucket: string,
  from: string,
  to: string,
): AsyncGenerator<string> {
  const Prefix = commonStart(dayPrefix(from), dayPrefix(to));
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket,
        Prefix,
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      }),
    );
    for (const { Key = '' } of page.Contents ?? []) {
      const at = decodeURIComponent(Key.split('/').at(-1) ?? '').split('#')[0] ?? '';
      if (at >= from && at < to) yield Key;
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

function dayPrefix(at: string): string {
  return `audit/${at.slice(0, 10).replaceAll('-', '/')}`;
}

function commonStart(a: string, b: string): string {
  const end = [...a].findIndex((character, index) => character !== b[index]);
  return end === -1 ? a : a.slice(0, end);
}
