import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const WAIT_MS = 250;
/** SQLITE_BUSY */
const BUSY = 5;

/**
 * Takes a directory for this process alone, by SQLite's lock of a file in it. The operating system
 * drops that lock when the process ends, in whatever way.
 * @returns a function that releases the directory
 * @throws Error naming the process that has the directory
 */
export function lockDirectory(directory: string): () => void {
  const database = new DatabaseSync(join(directory, '.lock'), { timeout: WAIT_MS });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    throw new Error(
      `The data directory ${directory} is in use by ${holderOf(directory)}. ` +
        'End that process, or set --data to another directory.',
      { cause: error },
    );
  }
  writeFileSync(holderFile(directory), String(process.pid), { mode: 0o600 });
  return () => database.close();
}

function holderFile(directory: string): string {
  return join(directory, '.pid');
}

function holderOf(directory: string): string {
  try {
    return `process ${readFileSync(holderFile(directory), 'utf8')}`;
  } catch {
    return 'another process';
  }
}
