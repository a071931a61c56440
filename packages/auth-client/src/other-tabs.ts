/** What the tabs of one browser say to each other about sessions. A message carries no token. */

/** How a session ended: by signing out, or by its time or the backend. */
export type SessionEnding = 'SIGNED_OUT' | 'ENDED';

/** Whose session it was, by the token's `sub`, and how it ended. */
export interface EndedSession {
  subject: string;
  ending: SessionEnding;
}

export interface OtherTabs {
  announce: (ended: EndedSession) => void;
  /**
   * Listens to all tabs of this origin, this one included.
   * @returns stops listening
   */
  listen: (heard: (ended: EndedSession) => void) => () => void;
}

/** A browser that refuses a channel leaves each tab to itself. */
export function otherTabs(name: string): OtherTabs {
  return {
    announce(ended) {
      const channel = opened(name);
      channel?.postMessage(ended);
      channel?.close();
    },
    listen(heard) {
      const channel = opened(name);
      if (channel === undefined) return () => undefined;
      channel.onmessage = ({ data }: MessageEvent<EndedSession>) => heard(data);
      return () => channel.close();
    },
  };
}

function opened(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
