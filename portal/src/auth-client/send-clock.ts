/**
 * Estimates the backend's clock, because a computer's clock may be wrong by minutes while a code by
 * e-mail is valid for 30 seconds. A code that was sent just now can be sent again 15 seconds later,
 * so `resendAt` reveals the backend's time.
 */
const RESEND_AFTER_MS = 15_000;

export interface SendClock {
  /** Sets the clock by the answer that a code was sent with. */
  sentJustNow: (resendAt: string) => void;
  /** The backend's time. */
  now: () => number;
}

export function createSendClock(storage: Storage, clock: () => number = Date.now): SendClock {
  const key = 'portal-auth.clock';
  let offset = Number(storage.getItem(key) ?? 0);
  let last = '';
  return {
    sentJustNow(resendAt) {
      if (resendAt === last) return;
      last = resendAt;
      offset = Date.parse(resendAt) - RESEND_AFTER_MS - clock();
      storage.setItem(key, String(offset));
    },
    now: () => clock() + offset,
  };
}
