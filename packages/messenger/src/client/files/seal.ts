import { hexOf, sealAttachment } from "@fairlead/franking";
import type { Context } from "../context.ts";
import { holdable } from "../encoding.ts";
import type { OutgoingPart } from "../store/records.ts";
import { portionsOf } from "./portions.ts";

/** Seals a file under a key of its own. Its ciphertext is stored here before anything of it leaves, under the name of its root. */
export async function sealFile(context: Context, file: Blob, name: string): Promise<OutgoingPart> {
  const sealing = sealAttachment(context.crypto, portionsOf(file), file.size);
  const pieces: Blob[] = [];
  for await (const piece of sealing.ciphertext) pieces.push(new Blob([piece.slice()]));
  const sealed = sealing.sealed();
  const root = hexOf(sealed.commitment.root);
  await context.model.change((work) => work.put("files", root, new Blob(pieces)));
  return {
    root,
    name: holdable(name),
    contentType: file.type === "" ? "application/octet-stream" : file.type,
    sealed,
    url: null,
  };
}
