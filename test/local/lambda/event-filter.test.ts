import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../local/lambda/event-filter.ts';

const BUT = { dynamodb: { NewImage: { event: { S: [{ 'anything-but': ['A', 'B'] }] } } } };

function recordOf(event: string) {
  return { eventName: 'INSERT', dynamodb: { NewImage: { event: { S: event } } } };
}

describe('filters of event source mappings', () => {
  test.each([
    ['one of the values', { eventName: ['MODIFY', 'INSERT'] }, true],
    ['another value', { eventName: ['MODIFY'] }, false],
    ['a value that is not among those excluded', BUT, true],
    ['each place at once', { eventName: ['INSERT'], ...BUT }, true],
    ['one place without a match', { eventName: ['REMOVE'], ...BUT }, false],
    ['a place that the record lacks', { dynamodb: { Keys: { id: { S: ['C'] } } } }, false],
  ])('admits by %s', (_, pattern, expected) => {
    expect(matches(pattern, recordOf('C'))).toBe(expected);
  });

  test('keeps out what is excluded, and what lacks the place', () => {
    expect(matches(BUT, recordOf('B'))).toBe(false);
    expect(matches(BUT, { eventName: 'REMOVE', dynamodb: {} })).toBe(false);
  });

  test('refuses a rule that it does not evaluate', () => {
    expect(() => matches({ eventName: [{ prefix: 'IN' }] }, recordOf('C'))).toThrow(
      'cannot evaluate the rule {"prefix":"IN"}',
    );
  });
});
