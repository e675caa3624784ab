import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Messenger } from "../client/types.ts";
import type { Me, MessengerState, RoomSummary, RoomView } from "../client/state.ts";
import { t, type Voice } from "../messages/catalogue.ts";

export const MessengerContext = createContext<Messenger | null>(null);

export function useMessenger(): Messenger {
  const messenger = useContext(MessengerContext);
  if (messenger === null) throw new Error("a page stands outside the messenger");
  return messenger;
}

export function useMessengerState(): MessengerState {
  const messenger = useMessenger();
  const subscribe = useCallback((listener: () => void) => messenger.subscribe(listener), [messenger]);
  return useSyncExternalStore(subscribe, () => messenger.getState());
}

/** The loaded part of a conversation; null until it is there. */
export function useRoomView(roomId: string): RoomView | null {
  const messenger = useMessenger();
  const subscribe = useCallback((listener: () => void) => messenger.subscribe(listener), [messenger]);
  return useSyncExternalStore(subscribe, () => messenger.getRoom(roomId));
}

export function useRoomSummary(roomId: string): RoomSummary | null {
  return useMessengerState().rooms.find(({ id }) => id === roomId) ?? null;
}

/** The person of this device, on pages that are only there for somebody who has an account. */
export function useMe(): Me {
  const { me } = useMessengerState();
  if (me === null) throw new Error("this page is for somebody with an account");
  return me;
}

/** In which of the two wordings the messenger speaks to this person. */
export function useVoice(): Voice {
  return useMessengerState().me?.young === true ? "young" : "adult";
}

/** What a person is called here; `You` for oneself. */
export function useNames(): (uri: string) => string {
  const { people, me } = useMessengerState();
  return (uri) => {
    if (uri === me?.uri) return t("people.you");
    const person = people.get(uri);
    return person?.name ?? handleOf(uri);
  };
}

/** The last part of an account's URI. */
export function handleOf(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}
