import { bytesOfBase64url, equalBytes, FrankingError } from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import type { WelcomeEvent } from "../hub/api.ts";
import { roomUriOf } from "../hub/answers.ts";
import type { Work } from "../model/work.ts";
import { chainFrom, membersIn, newRoom, nothingWanted } from "../room/record.ts";
import { noticeInvitation } from "../safety/notices.ts";
import { warn } from "../safety/warnings.ts";
import type { RoomRecord } from "../store/records.ts";

/** Joins a room that somebody added this device to. From a stranger it is a request: nothing of it is loaded before it is accepted. */
export async function takeWelcome(context: Context, work: Work, event: WelcomeEvent): Promise<void> {
  const { roomId, welcome, by } = event;
  const device = deviceOf(context);
  const known = await work.get("rooms", roomId);
  // A welcome that we were already following, handed over again.
  if (known !== undefined && (await work.get("groups", roomId)) !== undefined && event.epoch <= known.epoch)
    return;
  const joined = welcome === null ? null : await join(context, work, welcome);
  const at = event.at;
  if (joined === null)
    return await warn(work, { kind: "messages-missing", roomId, detail: "welcome", at: context.clock.now() });
  const view = context.mls.inspect(joined.state);
  // The hub names the room and who invited; the group itself must agree.
  const isThere = view.members.some(({ uri }) => uri === by.uri);
  if (!isThere || !equalBytes(view.groupId, bytesOfBase64url(roomId) ?? new Uint8Array(0)))
    return await warn(work, {
      kind: "different-members",
      roomId,
      detail: "welcome",
      at: context.clock.now(),
    });
  work.remove("keyPackages", joined.key);
  work.put("groups", roomId, joined.state);
  const isOurs = by.uri === device.uri;
  const inviter = await work.get("people", by.uri);
  const isFamiliar = isOurs || inviter?.known === true || inviter?.trusted === true;
  const { firstSeq } = event;
  const arrival = {
    members: membersIn(view),
    epoch: Number(view.epoch),
    chain: { ...chainFrom(firstSeq), firstSeq: Math.min(firstSeq, known?.chain.firstSeq ?? firstSeq) },
    activeAt: at,
    standing: isFamiliar ? "member" : "request",
  } as const;
  const room: RoomRecord =
    known === undefined
      ? {
          ...newRoom({
            id: roomId,
            uri: roomUriOf(device.domain, roomId),
            invitedBy: isOurs ? null : by.uri,
            ...arrival,
          }),
        }
      : {
          ...known,
          ...arrival,
          leaveHeard: false,
          wanted: nothingWanted,
          commit: null,
          invitedBy: isOurs ? known.invitedBy : by.uri,
        };
  work.put("rooms", roomId, room);
  if (!isOurs) await noticeInvitation(context, work, room, at);
}

/** The state behind a welcome, and which of our key packages it was made for; null if none of them opens it. */
async function join({ mls }: Context, work: Work, welcome: Uint8Array) {
  for (const { key, value } of await work.list("keyPackages")) {
    try {
      return { key, state: await mls.join(welcome, value.keyPackage, value.secret) };
    } catch (error) {
      // "mls.not-invited": the welcome is for another of them.
      if (!(error instanceof FrankingError)) throw error;
    }
  }
  return null;
}
