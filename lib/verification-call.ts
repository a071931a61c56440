/**
 * The contact flow of a verification call. Each call brings its texts, their language and its mode
 * as attributes.
 */
import type { Language } from '../contract/languages.ts';
import {
  ask,
  collect,
  compare,
  contactFlow,
  hangUp,
  invoke,
  repeat,
  say,
  speakWith,
} from './contact-flow.ts';
import type { FlowDocument } from './flow-language.ts';

/**
 * Silence after a prompt, in seconds, and how often it is asked (the public contract, section 3).
 */
const SILENCE_SECONDS = 8;
const PROMPTS = 3;

/** Who speaks a call, by its language: Polly voices. */
export type Voices = Record<Language, string>;

/** @param functionArn the function that the flow reports the outcome to */
export function verificationCall(functionArn: string, voices: Voices): FlowDocument {
  const report = (
    outcome: string,
    next: string,
    onFailure: string,
    attributes: Record<string, string> = {},
  ) =>
    invoke({
      functionArn,
      attributes: { outcome, ...attributes },
      next,
      onFailure,
    });
  const prompt = { text: '$.Attributes.promptText', waitSeconds: SILENCE_SECONDS };
  return contactFlow('language', {
    language: compare('$.Attributes.language', { es: 'set-spanish-voice' }, 'set-voice'),
    'set-voice': speakWith(voices.en, 'mode'),
    'set-spanish-voice': speakWith(voices.es, 'mode'),
    mode: compare(
      '$.Attributes.mode',
      { SPOKEN_CODE: 'speak-code', MATCH: 'match-attempts' },
      'attempts',
    ),

    attempts: repeat(PROMPTS, 'ask', 'report-failed'),
    ask: ask({
      ...prompt,
      keys: { '#': 'confirm', 9: 'deny' },
      onSilence: 'attempts',
      onOtherKey: 'attempts',
      onFailure: 'report-failed',
    }),
    confirm: report('CONFIRMED', 'check-confirmed', 'say-error'),
    'check-confirmed': compare('$.External.result', { CONFIRMED: 'say-thanks' }, 'say-error'),

    // The callee types the two digits of the page: the function compares them, and handles a 9.
    'match-attempts': repeat(PROMPTS, 'match', 'report-failed'),
    match: collect({
      ...prompt,
      digits: 2,
      next: 'report-digits',
      onFailure: 'report-failed',
    }),
    'report-digits': report('TYPED', 'check-digits', 'say-error', {
      digits: '$.StoredCustomerInput',
    }),
    'check-digits': compare(
      '$.External.result',
      {
        CONFIRMED: 'say-thanks',
        DENIED: 'say-denied',
        AGAIN: 'match-attempts',
      },
      'say-error',
    ),

    // The code is typed into the browser. On the phone it can only be heard, or denied.
    'speak-code': ask({
      ...prompt,
      keys: { 9: 'deny' },
      onSilence: 'say-thanks',
      onOtherKey: 'say-thanks',
      onFailure: 'hang-up',
    }),

    deny: report('DENIED', 'check-denied', 'say-error'),
    'check-denied': compare('$.External.result', { DENIED: 'say-denied' }, 'say-error'),
    'report-failed': report('FAILED', 'say-failed', 'say-failed'),

    'say-thanks': say('$.Attributes.thanksText', 'hang-up'),
    'say-failed': say('$.Attributes.failedText', 'hang-up'),
    'say-denied': say('$.Attributes.deniedText', 'hang-up'),
    'say-error': say('$.Attributes.errorText', 'hang-up'),
    'hang-up': hangUp(),
  });
}
