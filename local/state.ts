import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from './directory-lock.ts';

/** What a service keeps between starts if there is a data directory; otherwise for this run. */
export interface Section<T> {
  value: T;
  /** Call after every change: the section is then written soon, and at the end for certain. */
  changed: () => void;
}

/** How long a section lasts. */
interface SectionOptions {
  /** Keeps the section when the machine is reset: its keys stay, so that tokens can be verified. */
  permanent: boolean;
}

/** The services' state. DynamoDB keeps its own file beside it. */
export interface State {
  section: <T>(name: string, initial: () => T, options?: SectionOptions) => Section<T>;
  /** Forgets every section that is not permanent. Whoever holds one opens it again. */
  reset: () => void;
  /**
   * Writes what changed for the last time, and releases the directory.
   * Later changes are lost, and touch no file.
   */
  close: () => void;
}

const FILE = 'services.json';
const WRITE_AFTER_MS = 200;

/**
 * Opens the state of a data directory and keeps others out of it, or opens state in memory only.
 * @throws Error if the directory is in use, or cannot be made, written or read
 */
export function openState(directory: string | undefined): State {
  return directory === undefined
    ? new KeptState({}, { write: () => undefined, release: () => undefined })
    : openDirectory(directory);
}

/** Where sections are written. */
interface Storage {
  write: (sections: Record<string, unknown>) => void;
  release: () => void;
}

class KeptState implements State {
  readonly #sections: Record<string, unknown>;
  readonly #permanent = new Set<string>();
  readonly #storage: Storage;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(sections: Record<string, unknown>, storage: Storage) {
    this.#sections = sections;
    this.#storage = storage;
  }

  section<T>(name: string, initial: () => T, options?: SectionOptions): Section<T> {
    const value = (this.#sections[name] ?? initial()) as T;
    this.#sections[name] = value;
    if (options?.permanent === true) this.#permanent.add(name);
    return { value, changed: () => this.#saveSoon() };
  }

  reset(): void {
    for (const name of Object.keys(this.#sections))
      if (!this.#permanent.has(name)) Reflect.deleteProperty(this.#sections, name);
    this.#saveSoon();
  }

  close(): void {
    if (this.#closed) return;
    this.#save();
    this.#closed = true;
    this.#storage.release();
  }

  #saveSoon(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => this.#save(), WRITE_AFTER_MS).unref();
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storage.write(this.#sections);
  }
}

function openDirectory(directory: string): State {
  prepare(directory);
  const release = lockDirectory(directory);
  const file = join(directory, FILE);
  try {
    return new KeptState(readSections(file), {
      write: (sections) => writeAtomically(file, JSON.stringify(sections)),
      release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

function prepare(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeAtomically(join(directory, '.writable'), '');
  } catch (error) {
    throw new Error(
      `The data directory ${directory} cannot be written: ${(error as Error).message}. ` +
        'Set --data to a directory that this user may write.',
      { cause: error },
    );
  }
}

function readSections(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(
      `The state in ${file} cannot be read: ${(error as Error).message}. ` +
        'Move the file away to start afresh.',
      { cause: error },
    );
  }
}

/** A reader never sees half a file: a rename is one step. */
function writeAtomically(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
