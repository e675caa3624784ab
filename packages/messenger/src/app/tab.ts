/** What one tab says to the others of this browser. */
export interface TabTalk {
  /** Asks the tab in which the messenger runs to stop. */
  takeOver: () => void;
  /** Calls back when another tab wants to go on in this one's place. */
  onTakenOver: (listener: () => void) => void;
}

const ASK = "take-over";

/** A channel to the other tabs; only one of them can use the keys of this device at a time. */
export function openTabTalk(channel: Pick<BroadcastChannel, "postMessage" | "addEventListener">): TabTalk {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin to name
    takeOver: () => channel.postMessage(ASK),
    onTakenOver: (listener) =>
      channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (data === ASK) listener();
      }),
  };
}
