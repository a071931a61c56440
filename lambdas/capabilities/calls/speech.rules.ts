/**
 * What a verification call says. Plain text, never markup: Connect gets it as Text, so nothing
 * needs escaping as SSML.
 */
import type { Purpose } from '../messages/purposes.rules.ts';

const REASONS: Record<Purpose, string> = {
  SIGN_IN: 'someone is signing in with your account',
  EMAIL_VERIFICATION: 'someone is registering with this number',
  PHONE_VERIFICATION: 'someone is registering with this number',
  PASSWORD_RESET_EMAIL: 'someone is choosing a new password for your account',
  PASSWORD_RESET_PHONE: 'someone is choosing a new password for your account',
};

export type CallMode = 'POUND' | 'SPOKEN_CODE' | 'MATCH';

export interface Speech {
  mode: CallMode;
  promptText: string;
  thanksText: string;
  failedText: string;
  errorText: string;
  deniedText: string;
}

export interface SpeechRequest {
  portalName: string;
  purpose: Purpose;
  /** How the call confirms. @default 'POUND' */
  mode?: 'POUND' | 'MATCH';
  /** Six digits that the call reads instead of asking for a key. */
  spokenCode?: string;
}

/** The attributes of a call, all text. */
export function speechFor({ portalName, purpose, mode, spokenCode }: SpeechRequest): Speech {
  const caller = `This is ${speakable(portalName)}.`;
  const why = `We are calling because ${REASONS[purpose]}.`;
  const asked = spokenCode === undefined ? KEYS[mode ?? 'POUND'] : readCode(spokenCode);
  return {
    mode: spokenCode === undefined ? (mode ?? 'POUND') : 'SPOKEN_CODE',
    promptText: `${caller} ${why} ${asked}`,
    thanksText: 'Thank you. You can go on in your browser. Goodbye.',
    failedText: 'We did not get your answer. Goodbye.',
    errorText: 'Sorry, that did not work. Please start again in your browser. Goodbye.',
    deniedText: 'Thank you for telling us. We have ended that attempt. Goodbye.',
  };
}

const NOT_ASKED = 'If you did not ask for this call,';

const KEYS = {
  POUND: `If that is you, press the pound key. ${NOT_ASKED} press 9.`,
  MATCH:
    'If that is you, type the two digits that you see in your browser, and then the pound key. ' +
    `${NOT_ASKED} press 9 and the pound key.`,
};

/** The digits twice, slowly; the call asks for nothing. */
function readCode(code: string): string {
  const digits = slowly(code);
  const advice = `${NOT_ASKED} tell no one this code, and press 9.`;
  return `Your code is: ${digits}. Once more: ${digits}. ${advice}`;
}

function slowly(digits: string): string {
  return [...digits].join(', ');
}

/** Letters, digits and plain punctuation: nothing that a voice would read as markup. */
function speakable(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .,'-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
