import type { Context } from "../context.ts";
import { MessengerError } from "../error.ts";
import { startClock } from "../expiry/clock.ts";
import { idOf, speak, targetOf } from "../message/actions.ts";
import { TEXT_LENGTH } from "../message/profile.ts";
import type { LineCache } from "../model/lines.ts";
import { messageKey } from "../store/keys.ts";
import type { Messenger, OutgoingFile } from "../types.ts";
import { fileOf, openFile } from "./open.ts";
import { sealFile } from "./seal.ts";

type FileActions = Pick<Messenger, "sendFile" | "openFile">;

export function fileActions(context: Context, cache: LineCache): FileActions {
  return {
    async sendFile(roomId, file, replyTo) {
      const to =
        replyTo === undefined ? null : idOf((await targetOf(context, cache, roomId, replyTo)).target);
      assertSendable(context, file);
      const sealed = await sealFile(context, file.blob, file.name);
      const thumbnail = file.thumbnail === null ? null : await sealFile(context, file.thumbnail, "");
      await speak(context, roomId, {
        kind: "file",
        caption: file.caption.trim(),
        replyTo: to,
        file: sealed,
        thumbnail,
      });
    },
    async openFile(roomId, key, root) {
      const { record } = await targetOf(context, cache, roomId, key);
      const opened = await openFile(context, await fileOf(context, { record, key, root }));
      if (record !== null)
        await context.model.change((work) =>
          startClock(work, messageKey(roomId, record.seq), record, context.clock.now()),
        );
      return opened;
    },
  };
}

function assertSendable({ model }: Context, { blob, caption }: OutgoingFile): void {
  const most = model.fact("about")?.limits["blobBytes"];
  if (most !== undefined && blob.size > most)
    throw new MessengerError("file.too-large", `A file has at most ${most} bytes here.`);
  if (caption.length > TEXT_LENGTH)
    throw new MessengerError("message.too-long", `A caption has at most ${TEXT_LENGTH} characters.`);
}
