/**
 * Exports the audit trail as JSON Lines, compares it with the archive, and says who looked at or
 * changed an account. Everything goes day by day: through the table's index by day, and through the
 * archive's bundles of a day.
 */
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { archiveText, dayPrefix, eventsIn } from '../../lambdas/ground/audit/archive.rules.ts';
import { DAY_SHARDS, dayOf, type RecordedEvent } from '../../lambdas/ground/audit/audit.rules.ts';
import { EXIT, NotFound, type Output, UsageFault } from './output.ts';
import type { Target } from './target.ts';
import { eventsOf, type NamedEvent } from './looks.ts';

/** Times are ISO 8601; `to` is exclusive. */
export interface Range {
  from: string;
  to: string;
}

/** @throws UsageFault */
function checked({ from, to }: Range): Range {
  if (from >= to) throw new UsageFault(`--from ${from} is not before --to ${to}.`);
  return { from, to };
}

/** The first day of the trail that anybody can have. */
const FIRST_DAY = Date.parse('2026-01-01');
const DAY_MS = 86_400_000;
/** Clocks differ, and the last events may have just been written. */
const HOUR_MS = 3_600_000;

function* daysOf({ from, to }: Range, now: number): Generator<string> {
  const first = Math.max(FIRST_DAY, Date.parse(from.slice(0, 10)));
  const last = Math.min(Date.parse(to), now + HOUR_MS);
  for (let day = first; day < last; day += DAY_MS) yield new Date(day).toISOString().slice(0, 10);
}

/** The events of one partition of a day, ordered by time, page by page. */
async function* shardEvents(
  { client, table }: { client: Target['client']; table: string },
  day: string,
  { from, to }: Range,
): AsyncGenerator<RecordedEvent> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byDay',
        KeyConditionExpression: '#day = :day AND eventId BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': day, ':from': from, ':to': to },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    // `#` sorts after every digit, so that an event at `to` itself lies beyond it.
    yield* Items as RecordedEvent[];
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

/** The events of a day, ordered by time over all of its partitions. */
async function* dayEvents(
  target: Target,
  day: string,
  range: Range,
): AsyncGenerator<RecordedEvent> {
  const source = { client: target.client, table: target.table('AuditEvents') };
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) =>
    shardEvents(source, dayOf(day, shard), range),
  );
  const heads = await Promise.all(shards.map((shard) => shard.next()));
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries()) {
      if (head.done === true) continue;
      const best = heads[first];
      if (best === undefined || best.done === true || head.value.eventId < best.value.eventId)
        first = index;
    }
    const [head, shard] = [heads[first], shards[first]];
    if (head === undefined || head.done === true || shard === undefined) return;
    yield head.value;
    heads[first] = await shard.next();
  }
}

export async function exportAudit(target: Target, range: Range, output: Output): Promise<void> {
  await output.stream(eventsOfRange(target, checked(range)));
}

async function* eventsOfRange(target: Target, range: Range): AsyncGenerator<RecordedEvent> {
  for (const day of daysOf(range, target.now())) yield* dayEvents(target, day, range);
}

interface Fault {
  fault: 'NOT ARCHIVED' | 'ALTERED' | 'MISSING';
  event: string;
}

/** Finds events that the archive lacks, that differ from it, and that only the archive has. */
export async function verifyAudit(target: Target, range: Range, output: Output): Promise<number> {
  const { from, to } = checked(range);
  const archive = { s3: new S3Client({ forcePathStyle: true }), bucket: bucketOf(target) };
  let compared = 0;
  const faults: Fault[] = [];
  for (const day of daysOf({ from, to }, target.now())) {
    const archived = await archivedOn(archive, day, { from, to });
    for await (const event of dayEvents(target, day, { from, to })) {
      compared += 1;
      const name = nameOf(event);
      const digest = archived.get(name);
      if (digest === undefined) faults.push({ fault: 'NOT ARCHIVED', event: name });
      else if (digest !== digestOf(event)) faults.push({ fault: 'ALTERED', event: name });
      archived.delete(name);
    }
    for (const name of archived.keys()) faults.push({ fault: 'MISSING', event: name });
  }
  const lines = faults.map(({ fault, event }) => `${fault.padEnd(12)}  ${event}`);
  lines.push(`${compared} events compared, ${faults.length} faults found`);
  output.result({ compared, faults }, lines.join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
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
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
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

/** The account of a username, also of one that was erased. @throws NotFound */
async function accountIdOf(target: Target, username: string): Promise<string> {
  const name = username.trim().toLowerCase();
  const owner = (await target.accounts.ownersOf([name], [])).byUsername.get(name);
  if (owner === undefined) throw new NotFound(`No account has the username ${username}.`);
  return owner.accountId;
}

/** Who looked at or changed an account: every event that is not its owner's or the system's. */
export async function auditWho(
  target: Target,
  username: string,
  range: Range,
  output: Output,
): Promise<void> {
  const { from, to } = checked(range);
  const events = (await eventsOf(target, await accountIdOf(target, username))).filter(
    ({ actor, at }) =>
      actor !== undefined && actor !== 'SELF' && actor !== 'SYSTEM' && at >= from && at < to,
  );
  output.result(events, events.map(lineOf).join('\n') || 'Nobody in this time.');
}

function lineOf({ at, event, outcome, actor, actorUsername, ...more }: NamedEvent): string {
  const { operator, reason, ticket } = more;
  const who = [actor, actorUsername ?? operator].filter(Boolean).join(' ');
  const why = [reason, ticket].filter(Boolean).join(', ');
  return [at, who, [event, outcome].filter(Boolean).join(' '), why].filter(Boolean).join('  ');
}

/**
 * What an employee of the help desk looked at and did, the oldest first, with the accounts' names.
 */
export async function auditEmployee(
  target: Target,
  employee: string,
  range: Range,
  output: Output,
): Promise<void> {
  const { from, to } = checked(range);
  const names = new Map<string, string>();
  const nameOfAccount = async (accountId: string): Promise<string> => {
    const known = names.get(accountId);
    if (known !== undefined) return known;
    const isPerson = !accountId.includes('#');
    const account = isPerson ? await target.accounts.get(accountId) : undefined;
    const name = account?.username ?? accountId;
    names.set(accountId, name);
    return name;
  };
  const acts: EmployeeAct[] = [];
  for (const day of daysOf({ from, to }, target.now()))
    for await (const event of dayEvents(target, day, { from, to })) {
      const { accountId, eventId: _event, ...more } = event;
      if (event.employee !== employee && event.secondEmployee !== employee) continue;
      acts.push({ ...more, on: await nameOfAccount(accountId) });
    }
  output.result(acts, acts.map(actLineOf).join('\n') || 'Nothing in this time.');
}

type EmployeeAct = Omit<RecordedEvent, 'accountId' | 'eventId'> & { on: string };

function actLineOf(act: EmployeeAct): string {
  const { at, on: account, event, outcome, employee, secondEmployee, reason } = act;
  const both = secondEmployee === undefined ? '' : `${employee ?? ''} and ${secondEmployee}`;
  const what = [event, outcome].filter(Boolean).join(' ');
  return [at, account, what, both, reason].filter(Boolean).join('  ');
}
