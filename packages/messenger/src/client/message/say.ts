import { hexOf } from "@fairlead/franking";
import type { Context } from "../context.ts";
import type { OutgoingMessage, Saying } from "../store/records.ts";

/** Something to say, for the outbox. */
export function say(
  { crypto, clock }: Pick<Context, "crypto" | "clock">,
  roomId: string,
  saying: Saying,
): OutgoingMessage {
  return {
    kind: "message",
    id: `local/${hexOf(crypto.random(12))}`,
    roomId,
    at: clock.now(),
    saying,
    failed: null,
    accepted: false,
    content: null,
    sealed: [],
  };
}
