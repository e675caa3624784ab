import { createContext, useContext } from "react";

/** What was begun and not sent, by conversation. It lives as long as the page: unsent words are nobody's to keep. */
export interface Drafts {
  get: (roomId: string) => string;
  set: (roomId: string, text: string) => void;
}

export function createDrafts(): Drafts {
  const texts = new Map<string, string>();
  return {
    get: (roomId) => texts.get(roomId) ?? "",
    set: (roomId, text) => void (text === "" ? texts.delete(roomId) : texts.set(roomId, text)),
  };
}

export const DraftsContext = createContext<Drafts>(createDrafts());

export function useDrafts(): Drafts {
  return useContext(DraftsContext);
}
