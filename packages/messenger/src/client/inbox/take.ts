import { hexOf } from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import type { HubEvent, Inbox } from "../hub/api.ts";
import type { Work } from "../model/work.ts";
import { takeAnswer } from "../room/asked.ts";
import { notice } from "../safety/warnings.ts";
import { takeCommit, takeLeave } from "./commit.ts";
import { type Batches, takeMessage } from "./message.ts";
import { takeWelcome } from "./welcome.ts";

/** What the hub has to be asked after an answer of the inbox was stored. It is asked at every start too. */
export interface Curiosity {
  readonly me: boolean;
  readonly asks: boolean;
  readonly reports: boolean;
  readonly keyPackages: boolean;
}

/**
 * Takes in one answer of the inbox: every state, message and opening of it and the place in the inbox are stored in one write, so
 * that nothing is taken in twice or lost, wherever it stops.
 */
export async function takeInbox(context: Context, inbox: Inbox): Promise<Curiosity> {
  return await context.model.change(async (work) => {
    const batches: Batches = new Map();
    const codes = new Set<string>();
    for (const event of inbox.events) {
      await takeEvent(context, work, { inbox, batches }, event);
      if (event.kind === "notice") codes.add(event.code);
      if (event.kind === "report") codes.add(event.kind);
    }
    if (context.model.fact("inbox")?.cursor !== inbox.cursor)
      work.put("facts", "inbox", { cursor: inbox.cursor });
    return {
      me: codes.has("device-added") || codes.has("device-revoked"),
      asks: ["request", "request-accepted", "request-refused", "safety"].some((code) => codes.has(code)),
      reports: codes.has("report"),
      keyPackages: codes.has("key-packages-low") || inbox.events.some(({ kind }) => kind === "welcome"),
    };
  });
}

async function takeEvent(
  context: Context,
  work: Work,
  batch: { inbox: Inbox; batches: Batches },
  event: HubEvent,
): Promise<void> {
  switch (event.kind) {
    case "message":
      return await takeMessage(context, work, batch, event);
    case "commit":
      return await takeCommit(context, work, event);
    case "welcome":
      return await takeWelcome(context, work, event);
    case "leave":
      return await takeLeave(context, work, event);
    case "notice":
      return await takeNotice(context, work, event);
    case "report":
      return;
  }
}

async function takeNotice(context: Context, work: Work, event: HubEvent & { kind: "notice" }): Promise<void> {
  const { deviceId, uri } = deviceOf(context);
  const isOther = event.deviceId !== null && hexOf(event.deviceId) !== hexOf(deviceId);
  if (event.code === "device-added" && isOther)
    await notice(work, { kind: "own-new-device", roomId: null, uri, at: event.at });
  if (event.code === "request-accepted" && event.uri !== null) await takeAnswer(work, event.uri, true);
  if (event.code === "request-refused" && event.uri !== null) await takeAnswer(work, event.uri, false);
}
