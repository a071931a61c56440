/**
 * The backend's clock as this browser's: a clinic's clock may be wrong by minutes, and a code by
 * e-mail lives 30 seconds. A code that was sent just now may be sent again 15 s later (contract
 * §1), which tells the time there.
 */
const RESEND_AFTER_MS = 15_000;

export interface SendClock {
  /** Learns from a code that was sent within this answer. */
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
