import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClock } from '../../../local/clock.ts';
import { definite } from '../../../local/definite.ts';
import { lockDirectory } from '../../../local/directory-lock.ts';
import { createEvents } from '../../../local/events.ts';
import { createMailbox } from '../../../local/messages.ts';
import { openState } from '../../../local/state.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'portal-auth-state-'));
});
afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true, force: true });
});

const counter = (): { count: number } => ({ count: 0 });

describe('state in a directory', () => {
  test('outlasts its closing', () => {
    const first = openState(directory);
    const section = first.section('counter', counter);
    section.value.count = 7;
    section.changed();
    first.close();
    const second = openState(directory);
    expect(second.section('counter', counter).value).toEqual({ count: 7 });
    second.close();
  });

  test('keeps sections apart, and gives the same one for the same name', () => {
    const state = openState(directory);
    state.section('one', counter).value.count = 1;
    expect(state.section('one', counter).value.count).toBe(1);
    expect(state.section('two', counter).value.count).toBe(0);
    state.close();
  });

  test('is written soon after a change, before any closing', async () => {
    const state = openState(directory);
    const section = state.section('counter', counter);
    section.value.count = 3;
    section.changed();
    const file = join(directory, 'services.json');
    await untilTrue(() => readdirSync(directory).includes('services.json'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ counter: { count: 3 } });
    state.close();
  });

  test('is readable for its owner only', () => {
    const state = openState(directory);
    state.close();
    const file = statSync(join(directory, 'services.json'));
    expect(file.mode & 0o777).toBe(0o600);
  });

  test('ignores what changes after its closing', () => {
    const state = openState(directory);
    const section = state.section('counter', counter);
    state.close();
    section.value.count = 9;
    section.changed();
    state.close();
    const again = openState(directory);
    expect(again.section('counter', counter).value.count).toBe(0);
    again.close();
  });

  test('that is not valid JSON is an error with its remedy, and releases the directory', () => {
    writeFileSync(join(directory, 'services.json'), 'half a fi');
    expect(() => openState(directory)).toThrow(/cannot be read.*Move the file away/s);
    writeFileSync(join(directory, 'services.json'), '{}');
    openState(directory).close();
  });

  test('below a file is an error with its remedy', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => openState(join(file, 'data'))).toThrow(/cannot be written.*Set --data/s);
  });
});

describe('resetting state', () => {
  test('forgets every section but the permanent ones', () => {
    const state = openState(undefined);
    state.section('people', counter).value.count = 5;
    state.section('keys', counter, { permanent: true }).value.count = 6;
    state.reset();
    expect(state.section('people', counter).value.count).toBe(0);
    expect(state.section('keys', counter).value.count).toBe(6);
  });

  test('lasts over a restart', () => {
    const state = openState(directory);
    state.section('people', counter).value.count = 5;
    state.reset();
    state.close();
    const again = openState(directory);
    expect(again.section('people', counter).value.count).toBe(0);
    again.close();
  });
});

describe('the lock of a directory', () => {
  test('excludes a second holder, and names the process of the first', () => {
    const release = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      `The data directory ${directory} is in use by process ${process.pid}. ` +
        'End that process, or set --data to another directory.',
    );
    release();
    lockDirectory(directory)();
  });

  test('ends with the process that held it, without any release', () => {
    const module = JSON.stringify(resolve('local/directory-lock.ts'));
    const held = JSON.stringify(directory);
    const script = `const { lockDirectory } = await import(${module}); lockDirectory(${held});
      process.kill(process.pid, 'SIGKILL');`;
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: 'ignore',
      }),
    ).toThrow(expect.objectContaining({ signal: 'SIGKILL' }));
    lockDirectory(directory)();
  });

  test('does not need the name of the holder', () => {
    const release = lockDirectory(directory);
    rmSync(join(directory, '.pid'));
    expect(() => lockDirectory(directory)).toThrow(/in use by another process/);
    release();
  });
});

describe('the mailbox', () => {
  const mailbox = () => createMailbox(createClock(), openState(undefined));
  const mail = (to: string, text = 'x') =>
    ({ channel: 'EMAIL', to, from: 'from@test.example', text }) as const;

  test('has the newest message first, with an id and a time', () => {
    const box = mailbox();
    const ids = [box.deliver(mail('a@b.example', '1')), box.deliver(mail('a@b.example', '2'))];
    const read = box.read({});
    expect(read.map(({ text }) => text)).toEqual(['2', '1']);
    expect(read.map(({ id }) => id)).toEqual(ids.reverse());
    expect(Math.abs(Date.parse(read[0]?.at ?? '') - Date.now())).toBeLessThan(5000);
  });

  test('finds by address in any case, and by channel', () => {
    const box = mailbox();
    box.deliver(mail('Pat@Test.example'));
    box.deliver({ ...mail('+12025550143'), channel: 'SMS' });
    expect(box.read({ to: 'pat@test.EXAMPLE' })).toHaveLength(1);
    expect(box.read({ channel: 'SMS' }).map(({ to }) => to)).toEqual(['+12025550143']);
    expect(box.read({ to: 'pat@test.example', channel: 'SMS' })).toEqual([]);
  });

  test('keeps ten thousand messages, the newest', () => {
    const box = mailbox();
    for (let index = 0; index <= 10_000; index += 1) box.deliver(mail('a@b.example', `${index}`));
    expect(box.read({})).toHaveLength(10_000);
    expect(box.read({}).at(-1)?.text).toBe('1');
  });

  test('can be emptied', () => {
    const box = mailbox();
    box.deliver(mail('a@b.example'));
    box.empty();
    expect(box.read({})).toEqual([]);
  });
});

test('definite drops undefined members, and only those', () => {
  expect(Object.entries(definite({ a: undefined, b: null, c: 0, d: '', e: false }))).toEqual([
    ['b', null],
    ['c', 0],
    ['d', ''],
    ['e', false],
  ]);
});

test('an event reaches every subscriber, in the order of subscribing', () => {
  const events = createEvents();
  const seen: string[] = [];
  events.subscribe(({ source }) => seen.push(`first ${source}`));
  events.subscribe(({ source }) => seen.push(`second ${source}`));
  events.publish({ source: 'aws.test', detailType: 'Test', detail: {} });
  expect(seen).toEqual(['first aws.test', 'second aws.test']);
});

async function untilTrue(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resume) => setTimeout(resume, 10));
}
