import { openMls } from "@fairlead/franking/mls";
import { webCrypto } from "@fairlead/franking/web";
import { systemClock } from "./clock.ts";
import { openHub } from "./hub/fetch.ts";
import { type MessengerPorts, openMessenger } from "./messenger.ts";
import { openIndexedDbStore } from "./store/indexed-db.ts";
import type { Messenger } from "./types.ts";

export interface BrowserOptions extends Pick<MessengerPorts, "client" | "onFault"> {
  /** Of the database; one for each account on a shared device. */
  readonly name: string;
  /** Address that `/chat/...` stands below, such as the page's own origin. */
  readonly base: string;
}

/**
 * The messenger of this browser. null while another tab has it open: two of them would use up the same keys, each without knowing.
 */
export async function openInBrowser({ name, base, ...rest }: BrowserOptions): Promise<Messenger | null> {
  const release = await hold(`fairlead-messenger/${name}`);
  if (release === null) return null;
  const messenger = await openMessenger({
    ...rest,
    hub: openHub(base),
    store: await openIndexedDbStore(name),
    mls: await openMls({ clock: () => new Date(systemClock.now()) }),
    crypto: webCrypto(),
    clock: systemClock,
  });
  return {
    ...messenger,
    async close() {
      await messenger.close();
      release();
    },
  };
}

/** A lock that the browser gives back when the tab goes, however it goes. */
async function hold(name: string): Promise<(() => void) | null> {
  return await new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) return resolve(null);
        await new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
