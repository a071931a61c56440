/** A JSON value under one key of a storage. A value that cannot be parsed counts as absent. */
export interface Kept<T> {
  read: () => T | undefined;
  write: (value: T) => void;
  clear: () => void;
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
