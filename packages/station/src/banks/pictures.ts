import { openPictureHasher, type PictureHasher } from "@fairlead/matching/node";
import { MOST_PHOTO_BYTES } from "./hma/read-file.ts";

/** Files that are decoded at once for those who only want hashes. */
const PROCESSES = 1;

/** A hasher of pictures that is opened when it is first asked for: most stations never hash for others. */
export function openPictures(): { open: () => Promise<PictureHasher>; close: () => Promise<void> } {
  let opened: Promise<PictureHasher> | undefined;
  return {
    open: async () =>
      await (opened ??= openPictureHasher({ processes: PROCESSES, maxBytes: MOST_PHOTO_BYTES })),
    close: async () => (await opened)?.close(),
  };
}
