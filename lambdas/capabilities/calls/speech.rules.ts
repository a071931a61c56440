/**
 * What a verification call says. Plain text, never markup: Connect gets it as Text, so nothing
 * needs escaping as SSML.
 */
import type { Language } from '../../../contract/languages.ts';
import type { Purpose } from '../messages/purposes.rules.ts';
import { textsIn } from '../messages/texts/texts.rules.ts';

type CallMode = 'POUND' | 'SPOKEN_CODE' | 'MATCH';

export interface Speech {
  /** By which the contact flow chooses its voice. */
  language: Language;
  mode: CallMode;
  promptText: string;
  thanksText: string;
  failedText: string;
  errorText: string;
  deniedText: string;
}

export interface SpeechRequest {
  language: Language;
  portalName: string;
  purpose: Purpose;
  /** How the call confirms. @default 'POUND' */
  mode?: 'POUND' | 'MATCH';
  /** Six digits that the call reads instead of asking for a key. */
  spokenCode?: string;
}

/** The attributes of a call, all text. */
export function speechFor(request: SpeechRequest): Speech {
  const { language, portalName, purpose, mode = 'POUND', spokenCode } = request;
  const { calls } = textsIn(language);
  const asked = spokenCode === undefined ? calls.keys[mode] : calls.code(slowly(spokenCode));
  return {
    language,
    mode: spokenCode === undefined ? mode : 'SPOKEN_CODE',
    promptText: `${calls.caller(speakable(portalName))} ${calls.why[purpose]} ${asked}`,
    thanksText: calls.thanks,
    failedText: calls.failed,
    errorText: calls.error,
    deniedText: calls.denied,
  };
}

/** Digit by digit. */
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
