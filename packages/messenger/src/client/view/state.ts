import { hexOf } from "@fairlead/franking";
import { handleOf } from "../context.ts";
import { reportableHours } from "../expiry/clock.ts";
import type { Model } from "../model/model.ts";
import { urisOf } from "../room/record.ts";
import type { Backup, HubView, Me, Message, MessengerState, Notice, Person, RoomSummary } from "../state.ts";
import type { DeviceRecord, Facts, PersonRecord, RoomRecord } from "../store/records.ts";
import { keepEach, keepSame } from "./keep.ts";

/** What is not stored: how it goes right now. */
export interface Moment {
  readonly phase: "starting" | "open";
  readonly connection: MessengerState["connection"];
  /** By room id: the newest line of each conversation. */
  readonly latest: ReadonlyMap<string, Message>;
}

/** The whole state as a page sees it, with everything that did not change kept as it was. */
export function stateOf(model: Model, moment: Moment, before: MessengerState | undefined): MessengerState {
  const device = model.all("device").get("self");
  const rooms = [...model.all("rooms").values()]
    .map((room) => summaryOf(room, moment.latest.get(room.id) ?? null))
    .toSorted((a, b) => b.activeAt - a.activeAt);
  const now: MessengerState = {
    phase: phaseOf(moment, device),
    connection: moment.connection,
    hub: keepSame(before?.hub, hubOf(model.fact("about"))),
    me: keepSame(before?.me, device === undefined ? null : meOf(device)),
    rooms: keepEach(before?.rooms, rooms, ({ id }) => id),
    asks: keepSame(
      before?.asks,
      [...(model.fact("asks") ?? [])].toSorted((a, b) => b.at - a.at),
    ),
    safety: keepSame(before?.safety, model.fact("safety") ?? null),
    people: peopleOf(model, before?.people),
    receipts: keepEach(
      before?.receipts,
      [...model.all("receipts").values()].toSorted((a, b) => b.createdAt - a.createdAt),
      ({ reportId }) => reportId,
    ),
    notices: keepEach(before?.notices, noticesOf(model), ({ id }) => id),
    warnings: keepEach(before?.warnings, [...model.all("warnings").values()], ({ id }) => id),
    settings: keepSame(
      before?.settings,
      model.fact("settings") ?? { blurPictures: false, safetyNotices: false },
    ),
    backup: keepSame(before?.backup, backupOf(model.fact("backup"))),
    waiting: waitingIn(model),
  };
  return keepSame(before, now);
}

function phaseOf({ phase }: Moment, device: DeviceRecord | undefined): MessengerState["phase"] {
  if (phase === "starting") return "starting";
  if (device === undefined) return "welcome";
  return device.removed ? "removed" : "ready";
}

function hubOf(about: Facts["about"] | undefined): HubView | null {
  if (about === undefined) return null;
  const { domain, name, retentionDays, help, limits } = about;
  return { domain, name, retentionDays, help, maxFileBytes: limits["blobBytes"] ?? Number.MAX_SAFE_INTEGER };
}

function meOf({ uri, handle, name, young, deviceId, devices }: DeviceRecord): Me {
  const own = hexOf(deviceId);
  return {
    uri,
    handle,
    name,
    young,
    deviceId: own,
    devices: devices.map((one) => {
      const id = hexOf(one.id);
      return { id, name: one.name, current: id === own, since: one.since };
    }),
    reportableHours: reportableHours(young),
  };
}

function summaryOf(room: RoomRecord, latest: Message | null): RoomSummary {
  const { id, kind, name, standing, notAdded, invitedBy, timerSeconds, unread, activeAt } = room;
  return {
    id,
    kind,
    name: kind === "direct" ? null : name,
    standing,
    members: urisOf(room.members),
    asked: room.wanted.asked,
    notAdded,
    invitedBy,
    timerSeconds,
    unread,
    latest,
    activeAt,
  };
}

function peopleOf(model: Model, before: MessengerState["people"] | undefined): MessengerState["people"] {
  const people = new Map<string, Person>();
  for (const record of model.all("people").values()) people.set(record.uri, personOf(record));
  for (const room of model.all("rooms").values())
    for (const { uri } of room.members) if (!people.has(uri)) people.set(uri, strangerPerson(uri));
  for (const [uri, person] of people) people.set(uri, keepSame(before?.get(uri), person));
  return keepSame(before, people);
}

function personOf({ uri, handle, name, young, blocked, known, trusted }: PersonRecord): Person {
  return { uri, handle, name, young, blocked, known, trusted };
}

function strangerPerson(uri: string): Person {
  const handle = handleOf(uri);
  return { uri, handle, name: handle, young: null, blocked: false, known: false, trusted: false };
}

function noticesOf(model: Model): readonly Notice[] {
  return [...model.all("notices").values()]
    .filter(({ dismissed }) => !dismissed)
    .map(({ id, kind, roomId, uri, at }) => ({ id, kind, roomId, uri, at }))
    .toSorted((a, b) => b.at - a.at);
}

function backupOf(backup: Facts["backup"] | undefined): Backup | null {
  return backup === undefined ? null : { code: backup.code, madeAt: backup.madeAt };
}

/** What the hub has not heard: questions of this program's own, such as audits, do not count. */
function waitingIn(model: Model): number {
  const items = [...model.all("outbox").values()].filter((item) =>
    item.kind === "message" ? !item.accepted && item.failed === null : item.kind !== "audit",
  );
  const rooms = [...model.all("rooms").values()].filter(
    ({ wanted, commit }) => wanted.create || wanted.add.length + wanted.taken.length > 0 || commit !== null,
  );
  return items.length + rooms.length;
}
