import { fromText, toText } from "./bytes.ts";

/** URIs of this hub's accounts and rooms. */
export interface Uris {
  account(handle: string): string;
  room(roomId: Uint8Array): string;
  /** `undefined` for anybody else's */
  handleOf(uri: string): string | undefined;
  /** `undefined` for anybody else's */
  roomOf(uri: string): Uint8Array | undefined;
}

export function urisOf(domain: string): Uris {
  const accounts = `mimi://${domain}/u/`;
  const rooms = `mimi://${domain}/r/`;
  return {
    account: (handle) => accounts + handle,
    room: (roomId) => rooms + toText(roomId),
    handleOf(uri) {
      const handle = uri.startsWith(accounts) ? uri.slice(accounts.length) : "";
      return /^[a-z0-9-]{2,32}$/.test(handle) ? handle : undefined;
    },
    roomOf(uri) {
      const id = uri.startsWith(rooms) ? fromText(uri.slice(rooms.length)) : undefined;
      return id?.length === 16 ? id : undefined;
    },
  };
}
