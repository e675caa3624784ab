import type { DraftLine } from "../client/report/types.ts";
import { t } from "../messages/catalogue.ts";
import { fileWords } from "../rooms/room-words.ts";
import { spanWords } from "../time/when.ts";

/** What a line of a report says, in plain text. */
export function lineWords(line: DraftLine, nameOf: (uri: string) => string): string {
  const { what } = line;
  const name = line.from === null ? t("report.somebody") : nameOf(line.from);
  switch (what.kind) {
    case "text":
      return what.text;
    case "edit":
      return t("report.line-edit", { text: what.text });
    case "deletion":
      return t("line.deleted", { name });
    case "reaction":
      return what.emoji === null
        ? t("report.line-reaction-gone")
        : t("report.line-reaction", { emoji: what.emoji });
    case "file": {
      const main = line.files.find(({ isThumbnail }) => !isThumbnail);
      const said = main === undefined ? t("report.line-file") : fileWords(main.contentType, main.name);
      return what.caption === "" ? said : t("report.line-captioned", { said, caption: what.caption });
    }
    case "room":
      if (what.name !== null) return t("line.renamed", { name, room: what.name });
      return what.timerSeconds === null
        ? t("line.timer-off", { name })
        : t("line.timer-on", { name, span: spanWords(what.timerSeconds) });
    case "unsupported":
      return t("line.unsupported");
    case "none":
      return line.locked === "unverifiable" ? t("line.unverifiable") : t("report.line-not-held");
  }
}
