import { describe, expect, test } from '@jest/globals';
import { sturdyStorage } from '../../packages/auth-client/src/sturdy-storage.ts';
import { memoryStorage } from './fakes.ts';

/** A storage that refuses what is longer than its space. */
function fullAfter(space: number): Storage {
  const storage = memoryStorage();
  return {
    ...storage,
    setItem(key, value) {
      if (value.length > space) throw new DOMException('full', 'QuotaExceededError');
      storage.setItem(key, value);
    },
  };
}

const blocked = (): Storage => {
  throw new DOMException('blocked', 'SecurityError');
};

describe('a storage', () => {
  test('that works is used, and keeps what it is given', () => {
    const lasting = memoryStorage({ old: 'value' });
    const { storage, isKept } = sturdyStorage(() => lasting);
    storage.setItem('key', 'new');
    expect([storage.getItem('old'), lasting.getItem('key'), isKept()]).toEqual([
      'value',
      'new',
      true,
    ]);
    storage.removeItem('key');
    expect(storage.getItem('key')).toBeNull();
  });

  test('that is blocked goes on in memory, and says so', () => {
    const { storage, isKept } = sturdyStorage(blocked);
    expect(isKept()).toBe(false);
    storage.setItem('key', 'value');
    expect([storage.getItem('key'), storage.length, storage.key(0)]).toEqual(['value', 1, 'key']);
    storage.clear();
    expect(storage.getItem('key')).toBeNull();
  });

  test('that is full goes on in memory, and its older value does not come back', () => {
    const lasting = fullAfter(5);
    const { storage, isKept } = sturdyStorage(() => lasting);
    storage.setItem('key', 'short');
    expect(isKept()).toBe(true);
    storage.setItem('key', 'far too long');
    expect([storage.getItem('key'), lasting.getItem('key'), isKept()]).toEqual([
      'far too long',
      null,
      false,
    ]);
  });
});
