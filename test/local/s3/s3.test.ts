import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { LocalService } from '../../../local/service.ts';
import { create } from '../../../local/s3/s3.ts';
import { openObjects } from '../../../local/s3/objects.ts';
import { callerOf, contextWith } from '../context.ts';
import { role, type CallParts } from '../requests.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'portal-auth-s3-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const bucketAt = (data: string | undefined): LocalService =>
  create(
    contextWith(
      { Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } } },
      { data },
    ),
  );
const caller = (service: LocalService) => {
  const call = callerOf('s3', service);
  return {
    call,
    put: async (key: string, body: string, parts: CallParts = {}) =>
      await call('PutObject', { method: 'PUT', path: `/archive/${key}`, body, ...parts }),
    get: async (key: string) =>
      String((await call('GetObject', { method: 'GET', path: `/archive/${key}` })).body),
    list: async (query: Record<string, string> = {}) =>
      String((await call('ListObjectsV2', { method: 'GET', path: '/archive', query })).body),
  };
};
const keysOf = (xml: string): string[] =>
  [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);

describe.each([
  ['in memory', () => undefined],
  ['in files', () => directory],
])('objects %s', (_where, data) => {
  test('come back as they were written, the last one of a key', async () => {
    const { put, get } = caller(bucketAt(data()));
    const { headers } = await put('a/b.json', 'one');
    expect(headers.etag).toBe('"f97c5d29941bfb1b2fdab0874906ab82"');
    await put('a/b.json', 'two');
    expect(await get('a/b.json')).toBe('two');
  });

  test('are listed in order, by prefix, after a key', async () => {
    const { put, list } = caller(bucketAt(data()));
    for (const key of ['b/2', 'a/1', 'b/1']) await put(key, 'x');
    expect(keysOf(await list())).toEqual(['a/1', 'b/1', 'b/2']);
    expect(keysOf(await list({ prefix: 'b/' }))).toEqual(['b/1', 'b/2']);
    expect(keysOf(await list({ 'continuation-token': 'b/1' }))).toEqual(['b/2']);
    expect(keysOf(await list({ prefix: 'c' }))).toEqual([]);
  });

  test('are gone after they are erased', async () => {
    const service = bucketAt(data());
    const { put, list } = caller(service);
    await put('a', 'x');
    await service.erase?.();
    expect(keysOf(await list())).toEqual([]);
    await put('b', 'x');
    expect(keysOf(await list())).toEqual(['b']);
  });
});

test('a listing of more than a thousand objects is continued', async () => {
  const { put, list } = caller(bucketAt(undefined));
  for (let index = 0; index < 1001; index += 1) await put(String(index).padStart(4, '0'), 'x');
  const first = await list();
  expect(keysOf(first)).toHaveLength(1000);
  const token = /<NextContinuationToken>(.*)<\/NextContinuationToken>/.exec(first)?.[1] ?? '';
  const second = await list({ 'continuation-token': token });
  expect([keysOf(second), second.includes('<IsTruncated>false')]).toEqual([['1000'], true]);
});

test('no key leads out of the folder of its bucket', () => {
  const objects = openObjects(directory, 'archive');
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom('../x', '/etc/passwd', '..', 'a/../../b', '\0'),
  );
  fc.assert(
    fc.property(
      nasty.filter((key) => key !== '' && Buffer.byteLength(key) < 150),
      (key) => {
        objects.put(key, Buffer.from(key));
        expect(objects.get(key)?.toString()).toBe(Buffer.from(key).toString());
        expect(objects.keys()).toContain(Buffer.from(key).toString());
        expect(readdirSync(directory)).toEqual(['s3']);
        expect(readdirSync(join(directory, 's3'))).toEqual(['archive']);
      },
    ),
    { numRuns: 50 },
  );
});

test('objects outlast a restart with a data directory', async () => {
  await caller(bucketAt(directory)).put('kept', 'yes');
  expect(await caller(bucketAt(directory)).get('kept')).toBe('yes');
});

describe('S3 refuses', () => {
  test.each<[string, string, string, string]>([
    ['an unknown bucket', 'GetObject', '/other/key', 'NoSuchBucket'],
    ['an unknown key', 'GetObject', '/archive/none', 'NoSuchKey'],
    ['an unknown operation', 'DELETE', '/archive/key', 'UnknownOperationException'],
    ['a path that cannot be decoded', 'GetObject', '/archive/%zz', 'InvalidURI'],
  ])('%s', async (_what, operation, path, code) => {
    const { call } = caller(bucketAt(undefined));
    await expect(call(operation, { path })).rejects.toMatchObject({ code });
  });

  test('a role without permission on the object', async () => {
    const { put } = caller(bucketAt(undefined));
    const Resource = 'arn:aws:s3:::archive/audit/*';
    const principal = role({ Effect: 'Allow', Action: 's3:PutObject', Resource });
    await expect(put('audit/1', 'x', { principal })).resolves.toBeDefined();
    await expect(put('other/1', 'x', { principal })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });
});
