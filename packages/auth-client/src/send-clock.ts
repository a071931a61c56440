/**
 * Estimates the backend's clock, because a computer's clock may be wrong by minutes while a code by
 * e-mail is valid for 30 seconds. A code that was sent just now can be sent again 15 seconds later,
 * so `resendAt` reveals the backend's time.
 */
const RESEND_AFTER_MS = 15_000;

export interface SendClock {
  /** Sets the clock by the answer that a code was sent with. */
  sentJustNow: (resendAt: string) => void;
  /** Sets the clock by an answer that names the backend's time, in milliseconds. */
  isNow: (time: number) => void;
  /** The backend's time. */
  now: () => number;
}

export function createSendClock(
  storage: Storage,
  clock: () => number = () => Date.now(),
): SendClock {
  const key = 'portal-auth.clock';
  let offset = Number(storage.getItem(key) ?? 0);
  let last = '';
  const isNow = (time: number): void => {
    offset = time - clock();
    storage.setItem(key, String(offset));
  };
  return {
    isNow,
    sentJustNow(resendAt) {
      if (resendAt === last) return;
      last = resendAt;
      isNow(Date.parse(resendAt) - RESEND_AFTER_MS);
    },
    now: () => clock() + offset,
  };
}
