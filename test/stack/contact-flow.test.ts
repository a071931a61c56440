import { describe, expect, test } from '@jest/globals';
import {
  ask,
  compare,
  contactFlow,
  ContactFlowFault,
  hangUp,
  invoke,
  repeat,
  say,
} from '../../lib/contact-flow.ts';
import type { Block } from '../../lib/flow-language.ts';
import { verificationCall } from '../../lib/verification-call.ts';

const question = {
  text: 'Press #',
  waitSeconds: 8,
  keys: { '#': 'end' },
  onSilence: 'end',
  onOtherKey: 'end',
  onFailure: 'end',
};
const calling = {
  functionArn: 'arn:aws:lambda:us-east-1:1:function:x',
  attributes: {},
  next: 'end',
  onFailure: 'end',
};

/** The faults of a flow that begins with this action and then ends. */
function faults(block: Block, more: Record<string, Block> = {}): string {
  try {
    contactFlow('first', { first: block, end: hangUp(), ...more });
    return '';
  } catch (fault) {
    if (!(fault instanceof ContactFlowFault)) throw fault;
    return fault.message;
  }
}

/** An action with some properties replaced. */
const changed = (
  block: Block,
  { Parameters = {}, Transitions = {}, ...rest }: Partial<Block>,
): Block => ({
  ...block,
  ...rest,
  Parameters: { ...block.Parameters, ...Parameters },
  Transitions: { ...block.Transitions, ...Transitions },
});

test('the verification call is a valid flow', () => {
  expect(
    verificationCall('arn:aws:lambda:us-east-1:1:function:x', { en: 'Joanna', es: 'Lupe' }).Actions
      .length,
  ).toBeGreaterThan(10);
});

test.each([
  ['a message', say('Hello', 'end')],
  ['a question', ask(question)],
  ['an invocation', invoke(calling)],
  ['a comparison', compare('$.Attributes.mode', { A: 'end' }, 'end')],
  ['a loop', repeat(3, 'first', 'end')],
])('%s alone is valid', (_what, block) => {
  expect(faults(block)).toBe('');
});

describe('synth fails', () => {
  test.each<[string, string, Block]>([
    [
      'an unknown action',
      'the type TransferToMoon is unknown',
      changed(say('x', 'end'), { Type: 'TransferToMoon' }),
    ],
    [
      'an unknown parameter',
      'MessageParticipant has no parameter Volume',
      changed(say('x', 'end'), { Parameters: { Volume: '11' } }),
    ],
    [
      'a message without a prompt',
      'MessageParticipant has 0 prompts',
      { ...say('x', 'end'), Parameters: {} },
    ],
    [
      'two kinds of prompt',
      'MessageParticipant has 2 prompts (Text, SSML)',
      changed(say('x', 'end'), { Parameters: { SSML: '<speak>x</speak>' } }),
    ],
    [
      'a missing parameter',
      'GetParticipantInput needs InputTimeLimitSeconds',
      { ...ask(question), Parameters: { Text: 'x', StoreInput: 'False' } },
    ],
    [
      'a missing error branch',
      'GetParticipantInput needs a branch for the error InputTimeLimitExceeded',
      changed(ask(question), {
        Transitions: {
          Errors: [
            { ErrorType: 'NoMatchingCondition', NextAction: 'end' },
            { ErrorType: 'NoMatchingError', NextAction: 'end' },
          ],
        },
      }),
    ],
    [
      'an unknown error branch',
      'MessageParticipant has no error Busy',
      changed(say('x', 'end'), {
        Transitions: {
          Errors: [
            { ErrorType: 'NoMatchingError', NextAction: 'end' },
            { ErrorType: 'Busy', NextAction: 'end' },
          ],
        },
      }),
    ],
    [
      'a target that does not exist',
      'leads to "nowhere", which is not an action',
      say('x', 'nowhere'),
    ],
    [
      'a boolean that is not text',
      'StoreInput is false',
      changed(ask(question), { Parameters: { StoreInput: false } }),
    ],
    [
      'conditions on stored input',
      'input that is stored cannot branch',
      changed(ask(question), { Parameters: { StoreInput: 'True' } }),
    ],
    [
      'a key that phones do not have',
      'cannot branch on "A"',
      ask({ ...question, keys: { A: 'end' } }),
    ],
    ['two keys at once', 'cannot branch on "12"', ask({ ...question, keys: { 12: 'end' } })],
    [
      'a condition on an action that does not branch',
      'MessageParticipant does not branch',
      changed(say('x', 'end'), {
        Transitions: {
          Conditions: [{ NextAction: 'end', Condition: { Operator: 'Equals', Operands: ['1'] } }],
        },
      }),
    ],
    [
      'another operator',
      'branches by Equals',
      changed(ask(question), {
        Transitions: {
          Conditions: [{ NextAction: 'end', Condition: { Operator: 'Contains', Operands: ['1'] } }],
        },
      }),
    ],
    [
      'a time limit that is too long',
      'InvocationTimeLimitSeconds is "9"',
      changed(invoke(calling), { Parameters: { InvocationTimeLimitSeconds: '9' } }),
    ],
    [
      'a number that is not text',
      'LoopCount is 3',
      changed(repeat(3, 'first', 'end'), { Parameters: { LoopCount: 3 } }),
    ],
    [
      'a loop without an end',
      'Loop needs a branch for DoneLooping',
      changed(repeat(3, 'first', 'end'), {
        Transitions: {
          Conditions: [
            {
              NextAction: 'first',
              Condition: { Operator: 'Equals', Operands: ['ContinueLooping'] },
            },
          ],
        },
      }),
    ],
    [
      'something after the end',
      'DisconnectParticipant ends the call',
      changed(hangUp(), { Transitions: { NextAction: 'end' } }),
    ],
    [
      'a text beyond the limit',
      'characters: Connect accepts at most 256000',
      say('x'.repeat(256_000), 'end'),
    ],
  ])('at %s', (_what, fault, block) => {
    expect(faults(block)).toContain(fault);
  });

  test('at an action that is never reached', () => {
    expect(faults(say('x', 'end'), { island: say('y', 'end') })).toContain(
      'island is never reached',
    );
  });

  test('at a start that does not exist', () => {
    expect(() => contactFlow('begin', { end: hangUp() })).toThrow(
      'the start "begin" is not an action',
    );
  });

  test('at a name beyond the limit, and at too many actions', () => {
    const many = Object.fromEntries(
      Array.from({ length: 251 }, (_, index) => [
        `say-${index}`,
        say('x', index === 250 ? 'end' : `say-${index + 1}`),
      ]),
    );
    expect(() => contactFlow('say-0', { ...many, end: hangUp() })).toThrow(
      '252 actions: Connect accepts at most 250',
    );
    expect(() => contactFlow('x'.repeat(51), { ['x'.repeat(51)]: hangUp() })).toThrow(
      'must have 1 to 50 letters',
    );
  });

  test('naming every fault at once', () => {
    expect(
      faults(changed(say('x', 'nowhere'), { Parameters: { Volume: '11' } })).split('\n'),
    ).toHaveLength(4);
  });
});
