/** A storage that goes on in the page's memory where the browser's is blocked or full. */
export interface SturdyStorage {
  storage: Storage;
  /** False once something is in memory only. */
  isKept: () => boolean;
}

/** @param open may throw, because a browser that blocks storage refuses even to name it */
export function sturdyStorage(open: () => Storage): SturdyStorage {
  const memory = new Map<string, string>();
  const lasting = opened(open);
  let isKept = lasting !== undefined;
  const keys = (): string[] => [...new Set([...memory.keys(), ...Object.keys(lasting ?? {})])];
  const storage: Storage = {
    get length() {
      return keys().length;
    },
    key: (index) => keys()[index] ?? null,
    getItem: (key) => memory.get(key) ?? lasting?.getItem(key) ?? null,
    setItem(key, value) {
      memory.delete(key);
      if (wrote(lasting, key, value)) return;
      isKept = false;
      memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      lasting?.removeItem(key);
    },
    clear() {
      memory.clear();
      lasting?.clear();
    },
  };
  return { storage, isKept: () => isKept };
}

/** The storage, if it takes a value. */
function opened(open: () => Storage): Storage | undefined {
  try {
    const storage = open();
    storage.setItem('portal-auth.probe', '');
    storage.removeItem('portal-auth.probe');
    return storage;
  } catch {
    return undefined;
  }
}

function wrote(storage: Storage | undefined, key: string, value: string): boolean {
  if (storage === undefined) return false;
  try {
    storage.setItem(key, value);
    return true;
  } catch {
    // The older value must not come back.
    storage.removeItem(key);
    return false;
  }
}
