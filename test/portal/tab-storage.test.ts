import { describe, expect, test } from '@jest/globals';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';
import { memoryStorage } from './fakes.ts';

describe('a value that a tab keeps', () => {
  test('is absent before it is written', () => {
    expect(keptIn(memoryStorage(), 'key').read()).toBeUndefined();
  });

  test('survives a reload, which reads it through another object', () => {
    const storage = memoryStorage();
    keptIn(storage, 'key').write({ flowToken: 'token', email: 'pat@cedargrove.example' });
    expect(keptIn(storage, 'key').read()).toEqual({
      flowToken: 'token',
      email: 'pat@cedargrove.example',
    });
  });

  test('is absent after it is cleared', () => {
    const storage = memoryStorage();
    const kept = keptIn(storage, 'key');
    kept.write('value');
    kept.clear();
    expect(kept.read()).toBeUndefined();
    expect(storage.length).toBe(0);
  });

  test('is separate from the values under other keys', () => {
    const storage = memoryStorage();
    keptIn(storage, 'one').write(1);
    keptIn(storage, 'two').write(2);
    keptIn(storage, 'one').clear();
    expect(keptIn(storage, 'two').read()).toBe(2);
  });

  test.each(['', '{', 'undefined', '{"flowToken":', 'NaN'])(
    'counts as absent when it is not valid JSON: %j',
    (text) => {
      expect(keptIn(memoryStorage({ key: text }), 'key').read()).toBeUndefined();
    },
  );

  test('counts as absent when it is null', () => {
    expect(keptIn(memoryStorage({ key: 'null' }), 'key').read()).toBeUndefined();
  });

  test.each([0, false, ''])('may be %j', (value) => {
    const kept = keptIn(memoryStorage(), 'key');
    kept.write(value);
    expect(kept.read()).toBe(value);
  });
});
