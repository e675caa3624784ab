import type { FrankingCrypto } from "@fairlead/franking";
import type { MlsEngine } from "@fairlead/franking/mls";
import { accountActions } from "./account/actions.ts";
import { refreshBackup, restoreBackup, startBackup } from "./backup/actions.ts";
import type { Clock } from "./clock.ts";
import type { Context } from "./context.ts";
import { fileActions } from "./files/actions.ts";
import type { HubApi } from "./hub/api.ts";
import { messageActions } from "./message/bind.ts";
import { makeLineCache } from "./model/lines.ts";
import { openModel } from "./model/model.ts";
import { reportActions } from "./report/actions.ts";
import * as rooms from "./room/actions.ts";
import * as safety from "./safety/actions.ts";
import { type Session, startSession } from "./session.ts";
import type { Store } from "./store/store.ts";
import type { Messenger } from "./types.ts";
import { openView } from "./view/view.ts";

/** What a messenger is built from. A browser and a test bring their own. */
export interface MessengerPorts {
  readonly hub: HubApi;
  readonly store: Store;
  readonly mls: MlsEngine;
  readonly crypto: FrankingCrypto;
  readonly clock: Clock;
  /** Named in every report, so that a reader knows what made it. */
  readonly client: { readonly version: string; readonly build: string };
  /** Told of faults in this program. Never holds content. */
  readonly onFault?: (error: unknown) => void;
}

/** Opens what this device has and, if it has an account, begins to listen and send. */
export async function openMessenger(ports: MessengerPorts): Promise<Messenger> {
  const { store, onFault = () => undefined, ...rest } = ports;
  const model = await openModel(store);
  const cache = makeLineCache(store);
  const view = openView(model, cache);
  let closing = new AbortController();
  let session: Session | null = null;
  const context: Context = {
    ...rest,
    model,
    get closing() {
      return closing.signal;
    },
    wake: () => session?.workers.wake(),
  };

  /** Once there is an account on this device, it listens and sends. */
  function begin(): void {
    const device = model.all("device").get("self");
    if (device === undefined || device.removed || session !== null) return;
    session = startSession(
      { ...rest, model, closing: closing.signal, wake: context.wake },
      { connection: (connection) => view.set({ connection }), fault: onFault },
    );
  }

  async function end(): Promise<void> {
    closing.abort();
    await session?.ended();
    session = null;
  }

  await view.start();
  view.set({ phase: "open" });
  begin();

  return {
    subscribe: view.subscribe,
    getState: view.getState,
    getRoom: view.getRoom,
    async close() {
      await end();
      await model.close();
    },
    async wipe() {
      await end();
      await model.clear();
      closing = new AbortController();
      view.set({ connection: "connecting" });
    },
    ...accountActions(context, begin),

    createRoom: (room) => rooms.createRoom(context, room),
    renameRoom: (roomId, name) => rooms.renameRoom(context, roomId, name),
    invite: (roomId, handles) => rooms.invite(context, roomId, handles),
    remove: (roomId, uri) => rooms.removeMember(context, roomId, uri),
    leave: (roomId) => rooms.leave(context, roomId),
    forgetRoom: (roomId) => rooms.forget(context, roomId),
    acceptRequest: (roomId) => rooms.acceptRequest(context, roomId),
    declineRequest: (roomId) => rooms.decline(context, roomId),
    setTimer: (roomId, seconds) => rooms.setTimer(context, roomId, seconds),

    openRoom: view.openRoom,
    closeRoom: view.closeRoom,
    loadOlder: view.loadOlder,
    ...messageActions(context, cache),
    ...fileActions(context, cache),

    block: (uri) => safety.block(context, uri),
    unblock: (uri) => safety.unblock(context, uri),
    trust: (uri, trusted) => safety.trust(context, uri, trusted),
    answerAsk: (uri, accept) => safety.answerAsk(context, uri, accept),
    appeal: (words) => safety.appeal(context, words),
    sayFine: (uri) => safety.sayFine(context, uri),
    dismissNotice: (id) => safety.dismissNotice(context, id),
    changeSettings: (change) => safety.changeSettings(context, change),

    ...reportActions(context, cache),
    startBackup: () => startBackup(context),
    refreshBackup: () => refreshBackup(context),
    restoreBackup: (code) => restoreBackup(context, code),
  };
}
