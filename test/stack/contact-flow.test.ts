import { describe, expect, test } from '@jest/globals';
import {
  ask,
  type Block,
  compare,
  contactFlow,
  ContactFlowFault,
  hangUp,
  invoke,
  repeat,
  say,
} from '../../lib/contact-flow.ts';
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

/** What is wrong with a flow that begins with this block and ends. */
function faults(block: Block, more: Record<string, Block> = {}): string {
  try {
    contactFlow('first', { first: block, end: hangUp(), ...more });
    return '';
  } catch (fault) {
    if (!(fault instanceof ContactFlowFault)) throw fault;
    return fault.message;
  }
}

/** A block with something changed. */
const changed = (
  block: Block,
  { Parameters = {}, Transitions = {}, ...rest }: Partial<Block>,
): Block => ({
  ...block,
  ...rest,
  Parameters: { ...block.Parameters, ...Parameters },
  Transitions: { ...block.Transitions, ...Transitions },
});

test('the verification call is a right flow', () => {
  expect(
    verificationCall('arn:aws:lambda:us-east-1:1:function:x', 'Joanna').Actions.length,
  ).toBeGreaterThan(10);
});

test.each([
  ['a message', say('Hello', 'end')],
  ['a question', ask(question)],
  ['an invocation', invoke(calling)],
  ['a comparison', compare('$.Attributes.mode', { A: 'end' }, 'end')],
  ['a loop', repeat(3, 'first', 'end')],
])('%s alone is right', (_what, block) => {
  expect(faults(block)).toBe('');
});

describe('synth fails', () => {
  test.each<[string, string, Block]>([
    [
      'an unknown action',
      'no action has the type TransferToMoon',
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
    ['a target that is not there', 'leads to "nowhere", which is no action', say('x', 'nowhere')],
    [
      'a boolean that is none of its texts',
      'StoreInput is false',
      changed(ask(question), { Parameters: { StoreInput: false } }),
    ],
    [
      'conditions on stored input',
      'input that is stored cannot branch',
      changed(ask(question), { Parameters: { StoreInput: 'True' } }),
    ],
    ['a key that no phone has', 'cannot branch on "A"', ask({ ...question, keys: { A: 'end' } })],
    ['two keys at once', 'cannot branch on "12"', ask({ ...question, keys: { 12: 'end' } })],
    [
      'a condition where nothing branches',
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
      'a function that is waited for too long',
      'InvocationTimeLimitSeconds is "9"',
      changed(invoke(calling), { Parameters: { InvocationTimeLimitSeconds: '9' } }),
    ],
    [
      'a number that is no text',
      'LoopCount is 3',
      changed(repeat(3, 'first', 'end'), { Parameters: { LoopCount: 3 } }),
    ],
    [
      'half a loop',
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
      'characters: Connect takes 256000',
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

  test('at a start that is not there', () => {
    expect(() => contactFlow('begin', { end: hangUp() })).toThrow('the start "begin" is no action');
  });

  test('at a name beyond the limit, and at too many actions', () => {
    const many = Object.fromEntries(
      Array.from({ length: 251 }, (_, index) => [
        `say-${index}`,
        say('x', index === 250 ? 'end' : `say-${index + 1}`),
      ]),
    );
    expect(() => contactFlow('say-0', { ...many, end: hangUp() })).toThrow(
      '252 actions: Connect takes 250',
    );
    expect(() => contactFlow('x'.repeat(51), { ['x'.repeat(51)]: hangUp() })).toThrow(
      'has to be 1 to 50 letters',
    );
  });

  test('naming every fault at once', () => {
    expect(
      faults(changed(say('x', 'nowhere'), { Parameters: { Volume: '11' } })).split('\n'),
    ).toHaveLength(4);
  });
});
