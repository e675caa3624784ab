import { equalBytes, FrankingError, hexOf } from "@fairlead/franking";
import type { MlsMember, MlsView } from "@fairlead/franking/mls";
import { type Context, deviceOf, handleOf, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { say } from "../message/say.ts";
import type { Work } from "../model/work.ts";
import { enqueue } from "../outbox/queue.ts";
import type { RoomRecord, Wanted } from "../store/records.ts";
import { changeRoom, isAwaiting, nothingWanted } from "./record.ts";

/** A commit that the hub refuses may only be missing what the inbox is about to bring, such as a device that was removed. */
const TRIES = 3;

/** The last try for somebody whose devices cannot be invited is three days after the first. */
const MOST_TRIES = 10;
/** After so many, their person is told. */
const QUIET_TRIES = 2;

/** What became of a step towards who should be in a room. */
export type Step =
  /** Nothing is left to do. */
  | "done"
  /** There is more to do at once. */
  | "again"
  /** The inbox, another device or a later moment has to come first. */
  | "wait";

/**
 * One step towards the members that are wanted: make the room, fetch key packages, commit, hand the commit in. Every step is stored
 * before its request leaves and may be repeated after a crash.
 */
export async function stepMembers(context: Context, roomId: string): Promise<Step> {
  const room = context.model.all("rooms").get(roomId);
  if (room === undefined || (await context.model.store.get("groups", roomId)) === undefined) return "done";
  if (room.wanted.create) return await makeRoom(context, room);
  if (room.commit !== null) return await handIn(context, room);
  const { wanted } = room;
  const now = context.clock.now();
  const uri = wanted.add[0] ?? wanted.later.find(({ notBefore }) => notBefore <= now)?.uri;
  if (uri !== undefined) return await takeKeyPackages(context, room, uri);
  return await commitWanted(context, roomId);
}

async function makeRoom(context: Context, room: RoomRecord): Promise<Step> {
  const state = await context.model.store.get("groups", room.id);
  if (state === undefined) return "done";
  const groupInfo = await context.mls.groupInfo(state);
  try {
    await sessionOf(context).createRoom(groupInfo);
  } catch (error) {
    // Made before a crash: the hub has it and the answer was lost.
    if (!isRefusal(error, "conflict")) throw error;
  }
  await context.model.change((work) =>
    changeRoom(work, room.id, ({ wanted, standing }) => ({
      wanted: { ...wanted, create: false },
      standing: standing === "joining" ? "member" : standing,
    })),
  );
  return "again";
}

/** Fetches key packages of an account. Each can be had only once, so they are stored at once. */
async function takeKeyPackages(context: Context, room: RoomRecord, uri: string): Promise<Step> {
  let taken: readonly Uint8Array[] = [];
  let isRefused = false;
  try {
    taken = (await sessionOf(context).takeKeyPackages(uri)).keyPackages;
  } catch (error) {
    if (isRefusal(error, "chat.ask-first")) return await askFirst(context, room, uri);
    if (!isRefusal(error)) throw error;
    isRefused = true;
  }
  const { uri: own } = deviceOf(context);
  const now = context.clock.now();
  await context.model.change((work) =>
    changeRoom(work, room.id, ({ wanted, notAdded }) => {
      const isNone = !isRefused && taken.length === 0 && uri !== own;
      const later = isNone ? nextTry(wanted, uri, now) : null;
      const isMissed = isRefused || (later?.tries ?? 0) > QUIET_TRIES;
      const handle = handleOf(uri);
      return {
        notAdded: isMissed ? [...new Set([...notAdded, handle])] : notAdded.filter((one) => one !== handle),
        wanted: {
          ...wanted,
          add: wanted.add.filter((one) => one !== uri),
          later: [...wanted.later.filter((one) => one.uri !== uri), ...(later === null ? [] : [later])],
          taken: [...wanted.taken, ...taken.map((keyPackage) => ({ uri, keyPackage }))],
        },
      };
    }),
  );
  return "again";
}

/** Asks somebody whether they may be added. It is stored first that they are: their yes may overtake the hub's answer. */
async function askFirst(context: Context, { id }: RoomRecord, uri: string): Promise<Step> {
  const { model } = context;
  await model.change((work) =>
    changeRoom(work, id, ({ wanted }) => ({
      wanted: { ...wanted, asked: [...new Set([...wanted.asked, uri])] },
    })),
  );
  const isAccepted = (await sessionOf(context).ask(uri)) === "accepted";
  await model.change((work) =>
    changeRoom(work, id, ({ wanted, notAdded }) => {
      if (isAccepted) return { wanted: { ...wanted, asked: wanted.asked.filter((one) => one !== uri) } };
      // They have answered meanwhile, or are not wanted any more.
      if (!wanted.asked.includes(uri)) return {};
      return {
        notAdded: notAdded.filter((one) => one !== handleOf(uri)),
        wanted: {
          ...wanted,
          add: wanted.add.filter((one) => one !== uri),
          later: wanted.later.filter((one) => one.uri !== uri),
        },
      };
    }),
  );
  return "again";
}

/** A device that has just been set up has key packages in a second; one that is switched off, some day. */
function nextTry({ later }: Wanted, uri: string, now: number): Wanted["later"][number] | null {
  const tries = (later.find((one) => one.uri === uri)?.tries ?? 0) + 1;
  return tries > MOST_TRIES ? null : { uri, tries, notBefore: now + 1000 * 4 ** (tries - 1) };
}

/** Makes the commit that brings the room closer to what is wanted, and keeps it beside the state that it starts from. */
async function commitWanted(context: Context, roomId: string): Promise<Step> {
  const { mls, model, clock } = context;
  return await model.change(async (work) => {
    const room = await work.get("rooms", roomId);
    const state = await work.get("groups", roomId);
    if (room === undefined || state === undefined) return "done";
    // Somebody said yes or was invited since this step was chosen: whatever is forgotten below must not be them.
    if (room.wanted.add.length > 0) return "again";
    const view = mls.inspect(state);
    const add = await newcomers(context, view, room.wanted);
    const remove = leavers(view, room.wanted, clock.now());
    const { asked, later } = room.wanted;
    const removeDevices = laterLeavers(view, room.wanted, clock.now());
    if (add.length + remove.length === 0) {
      const left: RoomRecord = { ...room, wanted: { ...nothingWanted, removeDevices, asked, later } };
      const isTooEarly = isAwaiting(left, deviceOf(context).uri);
      const { introduce } = room.wanted;
      work.put("rooms", roomId, { ...left, wanted: { ...left.wanted, introduce: introduce && isTooEarly } });
      if (introduce && !isTooEarly) await introduceRoom(context, work, room);
      return removeDevices.length + later.length === 0 ? "done" : "wait";
    }
    const made = await mls.commit(state, { add, remove });
    const { epoch } = mls.inspect(made.state);
    work.put("rooms", roomId, { ...room, commit: { ...made, epoch: Number(epoch), answered: false } });
    return "again";
  });
}

/** Hands the commit in. Whether it or another was first, the inbox says: both answers only mean that there is a newer epoch. */
async function handIn(context: Context, { id, commit }: RoomRecord): Promise<Step> {
  if (commit === null) return "again";
  if (commit.answered) return "wait";
  let isRace = true;
  try {
    await sessionOf(context).commit(id, commit);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    isRace = isRefusal(error, "chat.stale-epoch");
  }
  await context.model.change((work) =>
    changeRoom(work, id, (room) => {
      if (room.commit === null || !equalBytes(room.commit.commit, commit.commit)) return {};
      return isRace ? { commit: { ...room.commit, answered: true } } : refusedCommit(room);
    }),
  );
  return isRace ? "wait" : "again";
}

/** The hub does not want this commit: it is made anew a few times, then whoever was to come in with it does not. */
function refusedCommit({ wanted, notAdded }: RoomRecord): Partial<RoomRecord> {
  if (wanted.tries < TRIES) return { commit: null, wanted: { ...wanted, tries: wanted.tries + 1 } };
  const handles = wanted.taken.map(({ uri }) => handleOf(uri));
  const { add, asked, later, introduce } = wanted;
  return {
    commit: null,
    notAdded: [...new Set([...notAdded, ...handles])],
    wanted: { ...nothingWanted, add, asked, later, introduce: introduce && add.length + later.length > 0 },
  };
}

/** Key packages that are what the hub said and not in the room yet. */
async function newcomers(context: Context, view: MlsView, { taken }: Wanted): Promise<readonly Uint8Array[]> {
  const there = new Set(view.members.map(({ deviceId }) => hexOf(deviceId)));
  const found: Uint8Array[] = [];
  for (const { uri, keyPackage } of taken) {
    const owner = await ownerOf(context, keyPackage);
    if (owner === null || owner.uri !== uri || there.has(hexOf(owner.deviceId))) continue;
    there.add(hexOf(owner.deviceId));
    found.push(keyPackage);
  }
  return found;
}

async function ownerOf({ mls }: Context, keyPackage: Uint8Array): Promise<MlsMember | null> {
  try {
    return await mls.readKeyPackage(keyPackage);
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

function leavers(
  { members, ownLeaf }: MlsView,
  { remove, removeDevices }: Wanted,
  now: number,
): readonly number[] {
  const uris = new Set(remove);
  const due = removeDevices.filter(({ notBefore }) => notBefore <= now);
  const devices = new Set(due.map(({ deviceId }) => hexOf(deviceId)));
  return members
    .filter(({ leaf, uri, deviceId }) => leaf !== ownLeaf && (uris.has(uri) || devices.has(hexOf(deviceId))))
    .map(({ leaf }) => leaf);
}

/** Devices that somebody else may have taken out by the time that it would be our turn. */
function laterLeavers({ members }: MlsView, { removeDevices }: Wanted, now: number): Wanted["removeDevices"] {
  const there = new Set(members.map(({ deviceId }) => hexOf(deviceId)));
  return removeDevices.filter(({ deviceId, notBefore }) => notBefore > now && there.has(hexOf(deviceId)));
}

/** Tells newcomers, who cannot read what was said before, what the room is called and how long messages stay. */
async function introduceRoom(context: Context, work: Work, room: RoomRecord): Promise<void> {
  const { name, timerSeconds, kind } = room;
  await enqueue(work, say(context, room.id, { kind: "room", name, timerSeconds, direct: kind === "direct" }));
}

export function isRefusal(error: unknown, detail?: string): boolean {
  return (
    error instanceof MessengerError &&
    error.code === "hub.refused" &&
    (detail === undefined || error.detail === detail)
  );
}
