/**
 * What signed-in people see and change of their own account. Whatever starts a change needs a
 * factor of the last ten minutes: FACTOR_TOO_OLD asks for a new sign-in on the spot.
 */
import { definite } from './definite.ts';
import { refused, type Refusal, type Result } from './refusals.ts';
import type { CallAsUser } from './call-with-token.ts';
import type { Kept } from './tab-storage.ts';
import type { ChangeStarted, Channel, Language, Me, PasskeyCreation } from './wire.ts';

export function createOwnAccount(asUser: CallAsUser) {
  return {
    /** @param cursor of the page before */
    events: (cursor?: string) => asUser('listMyEvents', { query: definite({ cursor }) }),
    passkeys: {
      list: () => asUser('listPasskeys'),
      /** PublicKeyCredentialCreationOptionsJSON, for the browser's ceremony. */
      options: () => asUser('startPasskey', { body: {} }),
      add: (name: string, credential: PasskeyCreation) =>
        asUser('addPasskey', { body: { name, credential } }),
      rename: (passkeyId: string, name: string) =>
        asUser('renamePasskey', { parameters: { passkeyId }, body: { name } }),
      remove: (passkeyId: string) => asUser('removePasskey', { parameters: { passkeyId } }),
    },
    recoveryCodes: {
      /** Ten new ones. They are shown this once, and older ones end. */
      issue: () => asUser('issueRecoveryCodes', { body: {} }),
      count: () => asUser('countRecoveryCodes'),
    },
    /**
     * Every session ends. The ticket signs this browser in again.
     * @param attempt the same for repeats of one request, whose answer may have been lost
     */
    changePassword: (currentPassword: string, newPassword: string, attempt?: string) =>
      asUser('changePassword', {
        ...definite({ idempotencyKey: attempt }),
        body: {
          currentPassword: currentPassword.normalize('NFC'),
          newPassword: newPassword.normalize('NFC'),
        },
      }),
    removePhone: () => asUser('removePhone'),
    /** Messages and calls come in it from now on. It needs no fresh factor. */
    chooseLanguage: (language: Language) => asUser('chooseLanguage', { body: { language } }),
  };
}

/** A change whose code or call is under way. */
export interface PendingChange extends ChangeStarted {
  /** The new address, or the new number masked. */
  destination: string;
}

/** A change of the address or the number: started, then verified. */
export interface OwnChange<A extends unknown[]> {
  /** Kept across reloads of the page. */
  readonly pending: PendingChange | undefined;
  /** Sends a code or places a call; again, too. */
  start: (...given: A) => Promise<Result<PendingChange>>;
  verify: (code: string) => Promise<Result<Me>>;
  abandon: () => void;
}

export function createEmailChange(
  asUser: CallAsUser,
  kept: Kept<PendingChange>,
): OwnChange<[email: string]> {
  return {
    ...changing(kept, (code) => asUser('verifyNewEmail', { body: { code } })),
    get pending() {
      return kept.read();
    },
    start: async (email) => begun(kept, email, await asUser('changeEmail', { body: { email } })),
  };
}

export interface PhoneChange extends OwnChange<[phoneNumber: string, channel: Channel]> {
  /** The number as typed since the page was loaded, for another text or call. */
  readonly typed: string | undefined;
  confirmCall: () => Promise<Result<Me>>;
}

export function createPhoneChange(asUser: CallAsUser, kept: Kept<PendingChange>): PhoneChange {
  let typed: string | undefined;
  return {
    ...changing(kept, (code) => asUser('verifyNewPhone', { body: { code } })),
    get pending() {
      return kept.read();
    },
    get typed() {
      return typed;
    },
    async start(phoneNumber, channel) {
      const answer = await asUser('changePhone', { body: { phoneNumber, channel } });
      if (answer.ok) typed = phoneNumber;
      return begun(kept, masked(phoneNumber), answer);
    },
    confirmCall: async () =>
      ended(kept, await asUser('verifyNewPhone', { body: { call: 'CONFIRMED' } })),
  };
}

function changing(kept: Kept<PendingChange>, verify: (code: string) => Promise<Result<Me>>) {
  return {
    verify: async (code: string) => ended(kept, await verify(code)),
    abandon: () => kept.clear(),
  };
}

function begun(
  kept: Kept<PendingChange>,
  destination: string,
  answer: Result<ChangeStarted>,
): Result<PendingChange> {
  if (!answer.ok) return { ok: false, refusal: inWords(answer.refusal) };
  const pending = { ...answer.value, destination };
  kept.write(pending);
  return { ok: true, value: pending };
}

/** Refusals after which another code or another number is needed. */
const OVER: readonly string[] = ['STEP_OUT_OF_ORDER', 'EMAIL_TAKEN'];

function ended(kept: Kept<PendingChange>, answer: Result<Me>): Result<Me> {
  if (answer.ok) {
    kept.clear();
    return answer;
  }
  const { refusal } = answer;
  if (OVER.includes(refusal.code)) kept.clear();
  else countAttempt(kept, refusal);
  return { ok: false, refusal: inWords(refusal) };
}

/** The answer does not say how many attempts are left. */
function countAttempt(kept: Kept<PendingChange>, { code: reason }: Refusal): void {
  const pending = kept.read();
  if (pending?.code === undefined) return;
  const { attemptsLeft } = pending.code;
  const left =
    reason === 'TOO_MANY_ATTEMPTS'
      ? 0
      : reason === 'CODE_MISMATCH'
        ? attemptsLeft - 1
        : attemptsLeft;
  kept.write({ ...pending, code: { ...pending.code, attemptsLeft: Math.max(0, left) } });
}

/** The backend has no open change any more: it expired, or ended elsewhere. */
function inWords(refusal: Refusal): Refusal {
  return refusal.code === 'STEP_OUT_OF_ORDER' ? refused('FLOW_EXPIRED').refusal : refusal;
}

/** `***-***-0143`, as the backend masks numbers. */
function masked(phoneNumber: string): string {
  return `***-***-${phoneNumber.replaceAll(/\D/g, '').slice(-4)}`;
}
