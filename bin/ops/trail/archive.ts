/** The archive of the trail, beside the table. */
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { archiveText, dayPrefix, eventsIn } from '../../../lambdas/ground/audit/archive.rules.ts';
import type { RecordedEvent } from '../../../lambdas/ground/audit/audit.rules.ts';
import { definite } from '../../../lambdas/ground/platform/definite.rules.ts';
import type { Target } from '../target.ts';
import { dayEvents, daysOf, type Range } from './days.ts';

interface ArchiveFault {
  fault: 'NOT ARCHIVED' | 'ALTERED' | 'MISSING';
  event: string;
}

/** What the trail and its archive say of the same time. */
export interface Comparison {
  compared: number;
  faults: ArchiveFault[];
}

/**
 * Finds events that the archive lacks, that differ from it, and that only the archive has.
 * @param see is given each event of the trail, ordered by time
 */
export async function compareWithArchive(
  target: Target,
  { from, to }: Range,
  see: (event: RecordedEvent) => void = () => undefined,
): Promise<Comparison> {
  const archive = { s3: new S3Client({ forcePathStyle: true }), bucket: bucketOf(target) };
  const comparison: Comparison = { compared: 0, faults: [] };
  const { faults } = comparison;
  for (const day of daysOf({ from, to }, target.now())) {
    const archived = await archivedOn(archive, day, { from, to });
    for await (const event of dayEvents(target, day, { from, to })) {
      see(event);
      comparison.compared += 1;
      const name = nameOf(event);
      const digest = archived.get(name);
      if (digest === undefined) faults.push({ fault: 'NOT ARCHIVED', event: name });
      else if (digest !== digestOf(event)) faults.push({ fault: 'ALTERED', event: name });
      archived.delete(name);
    }
    for (const name of archived.keys()) faults.push({ fault: 'MISSING', event: name });
  }
  return comparison;
}

const bucketOf = (target: Target) => target.output('AuditBucketName');
const nameOf = ({ accountId, eventId }: RecordedEvent) => `${accountId}/${eventId}`;

function digestOf(event: object): string {
  return createHash('sha256').update(archiveText(event)).digest('base64url');
}

interface Archive {
  s3: S3Client;
  bucket: string;
}

/** How many objects are read at the same time. */
const READS_AT_ONCE = 16;
/** What two archived copies of one event have that differ. */
const CONTRADICTORY = 'CONTRADICTORY';

/** The digest of each archived event of a day, by its name. */
async function archivedOn(
  archive: Archive,
  day: string,
  { from, to }: Range,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const read = async (key: string) => {
    for (const event of eventsIn(await textOf(archive, key))) {
      if (event.at < from || event.at >= to) continue;
      const [name, digest] = [nameOf(event), digestOf(event)];
      const known = digests.get(name);
      digests.set(name, known === undefined || known === digest ? digest : CONTRADICTORY);
    }
  };
  let keys: string[] = [];
  for await (const key of keysOn(archive, day)) {
    keys.push(key);
    if (keys.length < READS_AT_ONCE) continue;
    await Promise.all(keys.map(read));
    keys = [];
  }
  await Promise.all(keys.map(read));
  return digests;
}

async function* keysOn({ s3, bucket }: Archive, day: string): AsyncGenerator<string> {
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: dayPrefix(day),
        ...definite({ ContinuationToken }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

async function textOf({ s3, bucket }: Archive, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? '';
}
