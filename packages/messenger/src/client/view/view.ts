import type { Model } from "../model/model.ts";
import type { LineCache } from "../model/lines.ts";
import type { Message, MessengerState, RoomView } from "../state.ts";
import type { Change } from "../store/store.ts";
import { messagesOf, roomViewOf } from "./rooms.ts";
import { type Moment, stateOf } from "./state.ts";

/** Both snapshots that a page reads, made anew only when something is stored that they show. */
export interface View {
  readonly getState: () => MessengerState;
  readonly getRoom: (roomId: string) => RoomView | null;
  readonly subscribe: (listener: () => void) => () => void;
  readonly openRoom: (roomId: string) => Promise<void>;
  readonly closeRoom: (roomId: string) => void;
  readonly loadOlder: (roomId: string) => Promise<void>;
  /** Reads what a list of rooms shows. */
  start(): Promise<void>;
  set(change: Partial<Pick<Moment, "phase" | "connection">>): void;
}

/** Lines that a list of rooms would rather not show, if there is anything else. */
const asides: ReadonlySet<string> = new Set(["device", "missing", "members", "room"]);

interface OpenRoom {
  readonly firstUnread: string | null;
  view: RoomView;
}

export function openView(model: Model, cache: LineCache): View {
  const listeners = new Set<() => void>();
  const open = new Map<string, OpenRoom>();
  const latest = new Map<string, Message>();
  let moment: Moment = { phase: "starting", connection: "connecting", latest };
  let state: MessengerState | undefined;
  let isStale = true;

  function change(): void {
    isStale = true;
    for (const listener of listeners) listener();
  }

  function renew(roomId: string): void {
    const messages = messagesOf(model, cache, roomId);
    const last = messages.findLast(({ body }) => !asides.has(body.kind)) ?? messages.at(-1);
    if (last === undefined) latest.delete(roomId);
    else latest.set(roomId, last);
    const room = open.get(roomId);
    if (room !== undefined) room.view = roomViewOf({ model, cache }, roomId, room.firstUnread, room.view);
  }

  model.watch((changes) => {
    cache.take(changes);
    if (changes.length === 0) {
      cache.clear();
      open.clear();
      latest.clear();
    }
    for (const roomId of touched(model, changes)) renew(roomId);
    change();
  });

  return {
    getState() {
      if (isStale || state === undefined) state = stateOf(model, moment, state);
      isStale = false;
      return state;
    },
    getRoom: (roomId) => open.get(roomId)?.view ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async openRoom(roomId) {
      await cache.load(roomId);
      const messages = messagesOf(model, cache, roomId);
      const readSeq = model.all("rooms").get(roomId)?.readSeq ?? 0;
      const firstUnread = messages.find(({ seq, own }) => !own && seq !== null && seq > readSeq)?.key ?? null;
      open.set(roomId, { firstUnread, view: roomViewOf({ model, cache }, roomId, firstUnread, null) });
      change();
    },
    closeRoom(roomId) {
      if (!open.delete(roomId)) return;
      cache.shrink(roomId);
      change();
    },
    async loadOlder(roomId) {
      if (!open.has(roomId)) return;
      await cache.loadOlder(roomId);
      renew(roomId);
      change();
    },
    async start() {
      for (const roomId of model.all("rooms").keys()) {
        await cache.load(roomId);
        cache.shrink(roomId);
        renew(roomId);
      }
    },
    set(now) {
      const next = { ...moment, ...now };
      if (next.phase === moment.phase && next.connection === moment.connection) return;
      moment = next;
      change();
    },
  };
}

/** Rooms whose conversation may read differently now. */
function touched(model: Model, changes: readonly Change[]): ReadonlySet<string> {
  const rooms = new Set<string>();
  for (const { in: collection, key, put } of changes) {
    if (collection === "lines") rooms.add(key.slice(0, key.indexOf("/")));
    if (collection === "rooms") rooms.add(key);
    if (collection === "people" || (collection === "facts" && key === "settings"))
      for (const roomId of model.all("rooms").keys()) rooms.add(roomId);
    if (collection === "outbox") {
      // A message that left the outbox is gone from there already; only its room could still tell.
      if (put !== undefined && "roomId" in put && typeof put.roomId === "string") rooms.add(put.roomId);
      else for (const roomId of model.all("rooms").keys()) rooms.add(roomId);
    }
  }
  return rooms;
}
