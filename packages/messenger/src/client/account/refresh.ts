import { equalBytes, hexOf } from "@fairlead/franking";
import { type Context, deviceOf, sessionOf } from "../context.ts";
import type { MeView, RosterView } from "../hub/api.ts";
import type { Work } from "../model/work.ts";
import { takeAnswer } from "../room/asked.ts";
import { changeRoom } from "../room/record.ts";
import { warn } from "../safety/warnings.ts";
import type { MemberRecord } from "../store/records.ts";
import { stockKeyPackages } from "./key-packages.ts";
import { changePerson } from "./people.ts";

/** Below so many key packages, more are made. */
const FEW = 10;

/**
 * Asks the hub what it knows of this account: its devices, whom it blocks, who is in its rooms. New devices of our own are brought
 * into our rooms; a roster that differs from the encryption's is a warning.
 */
export async function refreshMe(context: Context): Promise<void> {
  const me = await sessionOf(context).me();
  await context.model.change(async (work) => {
    await takeOwn(context, work, me);
    await takeBlocks(work, me.blocks);
    for (const roster of me.rooms) await compareRoster(context, work, roster);
  });
  const own = me.devices.find(({ id }) => equalBytes(id, deviceOf(context).deviceId));
  if (own !== undefined && own.keyPackages < FEW) await stockKeyPackages(context, own.keyPackages);
  context.wake();
}

/** Who asks whether they may add us, and who of those whom we asked has said yes. */
export async function refreshAsks(context: Context): Promise<void> {
  const { received, sent } = await sessionOf(context).asks();
  await context.model.change(async (work) => {
    work.put("facts", "asks", received);
    // The hub lets go of what it told: a device that was away for long hears of a yes only here.
    for (const { uri, accepted } of sent) if (accepted) await takeAnswer(work, uri, true);
  });
}

/** What stands for this account, and which of those who asked it have a notice beside them. */
export async function refreshSafety(context: Context): Promise<void> {
  const safety = await sessionOf(context).safety();
  await context.model.change((work) => work.put("facts", "safety", safety));
}

/** What became of our reports. */
export async function refreshReports(context: Context): Promise<void> {
  const reports = await sessionOf(context).reports();
  await context.model.change(async (work) => {
    for (const { reportId, state, steps } of reports) {
      const receipt = await work.get("receipts", reportId);
      if (receipt !== undefined) work.put("receipts", reportId, { ...receipt, state, steps });
    }
  });
}

export async function refreshAbout(context: Context): Promise<void> {
  const about = await context.hub.about();
  await context.model.change((work) => work.put("facts", "about", about));
}

async function takeOwn(context: Context, work: Work, { name, young, devices }: MeView): Promise<void> {
  const before = deviceOf(context);
  const current = devices.filter(({ revokedAt }) => revokedAt === null);
  work.put("device", "self", {
    ...before,
    name,
    young,
    devices: current.map(({ id, name: called, validFrom, keyPackages }) => ({
      id,
      name: called,
      since: validFrom,
      isReady: keyPackages > 0,
    })),
  });
  await changePerson(work, before.uri, (person) => ({
    name,
    young,
    devices: new Map([
      ...person.devices,
      ...devices.map(({ id, publicKey }) => [hexOf(id), publicKey] as const),
    ]),
  }));
  const ready = current.filter(({ keyPackages }) => keyPackages > 0);
  for (const { value: room } of await work.list("rooms")) {
    if (room.standing !== "member") continue;
    const there = new Set(room.members.map(({ deviceId }) => hexOf(deviceId)));
    if (ready.every(({ id }) => there.has(hexOf(id)))) continue;
    await changeRoom(work, room.id, ({ wanted }) => ({
      wanted: { ...wanted, add: [...new Set([...wanted.add, before.uri])], introduce: true },
    }));
  }
}

async function takeBlocks(work: Work, blocks: readonly string[]): Promise<void> {
  for (const uri of blocks) await changePerson(work, uri, () => ({ blocked: true }));
  for (const { key, value } of await work.list("people"))
    if (value.blocked && !blocks.includes(value.uri)) work.put("people", key, { ...value, blocked: false });
}

/** The hub sees who is in a room, and MLS knows it. Compared only where both speak of the same epoch. */
async function compareRoster(context: Context, work: Work, roster: RosterView): Promise<void> {
  const room = await work.get("rooms", roster.roomId);
  if (room === undefined || room.epoch !== roster.epoch || room.standing !== "member") return;
  if (namesOf(room.members) === namesOf(roster.members)) return;
  await warn(work, {
    kind: "different-members",
    roomId: room.id,
    detail: `epoch ${room.epoch}`,
    at: context.clock.now(),
  });
}

function namesOf(members: readonly MemberRecord[]): string {
  return members
    .map(({ uri, deviceId }) => `${uri}#${hexOf(deviceId)}`)
    .sort()
    .join(" ");
}
