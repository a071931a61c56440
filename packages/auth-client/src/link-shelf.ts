/**
 * Keeps the registration that a mailed link opened for whoever opens the same link in this browser
 * again, in another tab too. It is encrypted under the link's own secret: without the link nobody
 * reads it, and whoever has the link could open the registration anyway.
 */
/** A flow that is open in this tab. */
export interface KeptFlow {
  flowToken: string;
  /** As typed, for the sign-in at the end of the flow. */
  email?: string | undefined;
  /** As typed, if a portal login opened the flow. */
  username?: string | undefined;
}

export interface LinkShelf {
  put: (linkToken: string, flow: KeptFlow) => Promise<void>;
  take: (linkToken: string) => Promise<KeptFlow | undefined>;
  clear: () => void;
}

const KEY = 'portal-auth.opened-by-link';
const IV_BYTES = 12;

export function createLinkShelf(open: () => Storage): LinkShelf {
  return {
    async put(linkToken, flow) {
      await quietly(async () => {
        const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
        const text = new TextEncoder().encode(JSON.stringify(flow));
        const sealed = await crypto.subtle.encrypt(
          { name: 'AES-GCM', iv },
          await keyOf(linkToken),
          text,
        );
        open().setItem(KEY, JSON.stringify([[...iv], [...new Uint8Array(sealed)]]));
      });
    },
    take: (linkToken) =>
      quietly(async () => {
        const [iv, sealed] = JSON.parse(open().getItem(KEY) ?? '') as [number[], number[]];
        const text = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: new Uint8Array(iv) },
          await keyOf(linkToken),
          new Uint8Array(sealed),
        );
        return JSON.parse(new TextDecoder().decode(text)) as KeptFlow;
      }),
    clear() {
      try {
        open().removeItem(KEY);
      } catch {
        // A browser without storage has nothing to clear.
      }
    },
  };
}

/** A browser without storage, or another link than the one that was opened here, has nothing. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

async function keyOf(linkToken: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(`portal-auth/opened-by-link/v1\n${linkToken}`);
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return crypto.subtle.importKey('raw', hash, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
