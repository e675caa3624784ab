import { type Context, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { type Curiosity, takeInbox } from "./take.ts";

const WAIT_SECONDS = 25;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

export interface InboxListener {
  /** The hub answered. */
  online(): void;
  /** It did not, or cannot be understood; asked again after a while. */
  offline(error: unknown): void;
  /** This device's sign-in ended: there is nothing more to ask. */
  signedOut(): void;
  /** Something was stored that more has to be asked about. */
  taken(curiosity: Curiosity): Promise<void>;
}

/** Listens to the hub until the messenger closes or the device is removed. Never rejects. */
export async function listen(context: Context, listener: InboxListener): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  let wait = 0;
  while (!context.closing.aborted) {
    try {
      wait = (await takeNext(context, listener, wait)) ? 0 : WAIT_SECONDS;
      retryMs = FIRST_RETRY_MS;
    } catch (error) {
      if (context.closing.aborted) return;
      if (error instanceof MessengerError && error.code === "hub.signed-out") return listener.signedOut();
      listener.offline(error);
      await context.clock.sleep(retryMs, context.closing);
      retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
      wait = 0;
    }
  }
}

/** @returns whether there is more already */
async function takeNext(context: Context, listener: InboxListener, wait: number): Promise<boolean> {
  const { model, closing } = context;
  const session = sessionOf(context);
  const before = model.fact("inbox")?.cursor ?? null;
  const inbox = await session.inbox(before, wait, closing);
  listener.online();
  const curiosity = await takeInbox(context, inbox);
  // Only now: what the hub lets go of is stored here.
  if (inbox.cursor !== before) await session.acknowledge(inbox.cursor);
  if (inbox.events.length > 0) await listener.taken(curiosity);
  return inbox.more;
}
