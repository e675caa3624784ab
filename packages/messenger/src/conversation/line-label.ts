import type { Message } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { bodyWords } from "../rooms/room-words.ts";
import { clockTime } from "../time/when.ts";

/** A message in one breath, for whoever hears it: who, what, when, and what is special about it. */
export function lineLabel(message: Message, nameOf: (uri: string) => string): string {
  const { body, replyTo } = message;
  const said = bodyWords(body, message.from, nameOf);
  const parts = [
    t("line.label", {
      name: nameOf(message.from),
      said: body.kind === "file" && body.file.blurred ? t("picture.veiled", { what: said }) : said,
    }),
  ];
  if (replyTo !== null)
    parts.push(t("line.label-reply", { excerpt: replyTo.excerpt ?? t("conversation.reply-gone") }));
  if (message.edited) parts.push(t("conversation.edited"));
  if (message.disappearing) parts.push(t("conversation.disappears"));
  parts.push(clockTime(message.at));
  if (message.own) parts.push(t(`delivery.${message.delivery}`));
  return parts.join(", ");
}
