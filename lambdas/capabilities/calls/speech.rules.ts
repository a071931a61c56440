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

export interface Speech {
  mode: 'POUND' | 'SPOKEN_CODE';
  promptText: string;
  thanksText: string;
  failedText: string;
  errorText: string;
  deniedText: string;
}

/**
 * The attributes of a call, all text. With `spokenCode` the call reads the digits twice, slowly,
 * and asks for nothing.
 */
export function speechFor(portalName: string, purpose: Purpose, spokenCode?: string): Speech {
  const caller = `This is ${speakable(portalName)}.`;
  const why = `We are calling because ${REASONS[purpose]}.`;
  const prompt =
    spokenCode === undefined
      ? `${caller} ${why} If that is you, press the pound key. If you did not ask for this call, press 9.`
      : `${caller} ${why} Your code is: ${slowly(spokenCode)}. Once more: ${slowly(spokenCode)}. If you did not ask for this call, tell no one this code, and press 9.`;
  return {
    mode: spokenCode === undefined ? 'POUND' : 'SPOKEN_CODE',
    promptText: prompt,
    thanksText: 'Thank you. You can go on in your browser. Goodbye.',
    failedText: 'We did not get your answer. Goodbye.',
    errorText: 'Sorry, that did not work. Please start again in your browser. Goodbye.',
    deniedText: 'Thank you for telling us. We have ended that attempt. Goodbye.',
  };
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
