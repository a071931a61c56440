/** Issuing and judging one-time codes. */
import type { Factor } from '../../../contract/challenges.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomCode, randomId } from '../../ground/platform/random.ts';
import { equalInConstantTime } from '../../ground/platform/secrets.rules.ts';
import type { Binding } from '../messages/purposes.rules.ts';
import { CODE_ATTEMPTS, codeLifeMs, type IssuedCode, macMessage } from './codes.rules.ts';

export interface CodeMacPort {
  /** HMAC-SHA-256 of `message`, base64. Throws CodeMacUnavailable. */
  mac: (message: string) => Promise<string>;
}

export interface CodeRequest {
  binding: Binding;
  factor: Factor;
  life: FunctionSettings['codeLife'];
  now: number;
}

/** A new code: the digits for the message, and the record that is kept instead of them. */
export async function issueCode(
  mac: CodeMacPort,
  { binding, factor, life, now }: CodeRequest,
): Promise<{ digits: string; issued: IssuedCode }> {
  const digits = randomCode();
  const codeId = randomId();
  const issued = {
    codeId,
    factor,
    mac: await mac.mac(macMessage(binding, codeId, digits)),
    sentAt: now,
    expiresAt: now + codeLifeMs(binding.purpose, factor, life),
    attemptsLeft: CODE_ATTEMPTS,
  };
  return { digits, issued };
}

/**
 * True if `digits` are those of `issued`, for exactly this binding. Count the attempt before you
 * use the result.
 */
export async function isRightCode(
  mac: CodeMacPort,
  binding: Binding,
  issued: Pick<IssuedCode, 'codeId' | 'mac'>,
  digits: string,
): Promise<boolean> {
  return equalInConstantTime(issued.mac, await mac.mac(macMessage(binding, issued.codeId, digits)));
}
