import type { Page } from 'playwright-core';

export interface HeldBack {
  /** Resolves once the page has asked. */
  isAsked: Promise<void>;
  /** Lets the request go, and waits until the page has its answer and shows what follows. */
  letGo: () => Promise<void>;
}

/** Holds the next request of a page to an address back, as a slow network does. */
export async function heldBack(page: Page, address: string): Promise<HeldBack> {
  let asked: () => void;
  let goOn: () => Promise<void>;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  await page.route(
    address,
    (route) => {
      goOn = () => route.continue();
      asked();
    },
    { times: 1 },
  );
  return {
    isAsked,
    async letGo() {
      await isAsked;
      const answered = page.waitForResponse(address);
      await goOn();
      await (await answered).finished();
      await page.evaluate(
        () =>
          new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => done(null))),
          ),
      );
    },
  };
}
