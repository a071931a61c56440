/** A JSON value under one key of a storage. A value that cannot be parsed counts as absent. */
export interface Kept<T> {
  read: () => T | undefined;
  write: (value: T) => void;
  clear: () => void;
}

/** A value that another person who signs in in the same tab does not see. */
export function keptFor<T>(
  storage: Storage,
  key: string,
  person: () => string | undefined,
): Kept<T> {
  const kept = keptIn<{ person: string | undefined; value: T }>(storage, key);
  return {
    read() {
      const found = kept.read();
      return found?.person === person() ? found?.value : undefined;
    },
    write: (value) => kept.write({ person: person(), value }),
    clear: () => kept.clear(),
  };
}

export function keptIn<T>(storage: Storage, key: string): Kept<T> {
  return {
    read() {
      try {
        return (JSON.parse(storage.getItem(key) ?? 'null') as T) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(value) {
      storage.setItem(key, JSON.stringify(value));
    },
    clear() {
      storage.removeItem(key);
    },
  };
}
