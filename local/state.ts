import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from './directory-lock.ts';

/** What a service keeps between starts, if a data directory was given; otherwise for this run only. */
export interface Section<T> {
  value: T;
  /** Call after every change: the section is then written soon, and at the end for certain. */
  changed(): void;
}

/** The services' state. DynamoDB keeps its own file beside it. */
export interface State {
  section<T>(name: string, initial: () => T): Section<T>;
  /** Writes what changed, for the last time, and lets go of the directory: what changes after it is lost, and touches no file. */
  close(): void;
}

const FILE = 'services.json';
const WRITE_AFTER_MS = 200;

/**
 * Opens the state of a data directory and keeps others out of it, or opens state in memory only.
 * @throws Error if the directory is in use, or cannot be made, written or read
 */
export function openState(directory: string | undefined): State {
  const { sections, unlock } =
    directory === undefined ? { sections: {}, unlock: () => undefined } : openDirectory(directory);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (directory !== undefined) writeAtomically(join(directory, FILE), JSON.stringify(sections));
  };
  return {
    section<T>(name: string, initial: () => T): Section<T> {
      const value = (sections[name] ?? initial()) as T;
      sections[name] = value;
      return {
        value,
        changed() {
          if (directory !== undefined && !closed)
            timer ??= setTimeout(save, WRITE_AFTER_MS).unref();
        },
      };
    },
    close() {
      if (closed) return;
      save();
      closed = true;
      unlock();
    },
  };
}

function openDirectory(directory: string): {
  sections: Record<string, unknown>;
  unlock: () => void;
} {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeAtomically(join(directory, '.writable'), '');
  } catch (error) {
    throw new Error(
      `The data directory ${directory} cannot be written: ${(error as Error).message}. Give --data a directory of yours.`,
      { cause: error },
    );
  }
  const unlock = lockDirectory(directory);
  try {
    return { sections: readSections(join(directory, FILE)), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

function readSections(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(
      `The state in ${file} cannot be read: ${(error as Error).message}. Move it away to start afresh.`,
      { cause: error },
    );
  }
}

/** A reader never sees half a file: a rename is one step. */
function writeAtomically(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
