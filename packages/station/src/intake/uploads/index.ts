export { uploadDoor } from "./door.ts";
export { findNamed, lockNamed, type NamedFiles, notFree, UPLOADS_FIELD, useNamed } from "./named.ts";
export { sweepUploads } from "./store.ts";
export { type Joiner, openJoiner } from "./whole.ts";
