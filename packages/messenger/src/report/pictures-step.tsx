import { useNames, useVoice } from "../app/messenger-context.tsx";
import type { DraftFile, DraftLine, FileMode, ReportDraft } from "../client/report/types.ts";
import { say, t } from "../messages/catalogue.ts";
import { fileWords } from "../rooms/room-words.ts";
import { dayAndTime } from "../time/when.ts";
import { ChoiceInput } from "../ui/fields.tsx";
import { shownLines } from "./steps.ts";
import type { DraftState } from "./use-draft.ts";

interface Props {
  draft: ReportDraft;
  change: DraftState["change"];
}

/** Proof without the picture, or the picture as well. A young person's report never sends a picture unless they say so. */
export function PicturesStep({ draft, change }: Props) {
  const voice = useVoice();
  const lines = shownLines(draft).filter(({ files }) => files.length > 0);
  const modes = new Set(lines.flatMap(({ files }) => files.map(({ mode }) => mode)));
  const [only = null] = modes.size === 1 ? modes : [];
  const isSeveral = lines.length > 1;
  return (
    <>
      <p>{say(voice, "report.pictures.lead")}</p>
      {isSeveral && (
        <ChoiceInput
          label={t("report.pictures.all")}
          value={only}
          onChange={(mode) => change({ kind: "all-files", mode })}
          choices={modeChoices(voice)}
        />
      )}
      {isSeveral ? (
        <details className="more-choices">
          <summary>{t("report.pictures.each")}</summary>
          {lines.map((line) => (
            <FileChoice key={line.seq} line={line} change={change} />
          ))}
        </details>
      ) : (
        lines.map((line) => <FileChoice key={line.seq} line={line} change={change} />)
      )}
      <p className="hint">{say(voice, "report.pictures.hint")}</p>
    </>
  );
}

/** One message's picture; what it is made small by goes with it. */
function FileChoice({ line, change }: { line: DraftLine; change: Props["change"] }) {
  const voice = useVoice();
  const nameOf = useNames();
  const main = line.files.find(({ isThumbnail }) => !isThumbnail) ?? line.files[0];
  if (main === undefined) return null;
  const setAll = (mode: FileMode) => {
    change(...line.files.map(({ root }) => ({ kind: "file", seq: line.seq, root, mode }) as const));
  };
  return (
    <ChoiceInput
      label={t("report.pictures.one", {
        what: fileWords(main.contentType, main.name),
        name: line.from === null ? t("report.somebody") : nameOf(line.from),
        at: line.at === null ? "" : dayAndTime(line.at),
      })}
      value={main.mode}
      onChange={setAll}
      choices={modeChoices(voice)}
    />
  );
}

function modeChoices(voice: "young" | "adult"): { value: DraftFile["mode"]; label: string; hint: string }[] {
  return [
    {
      value: "hash-only",
      label: say(voice, "report.mode.hash-only"),
      hint: say(voice, "report.mode.hash-only-hint"),
    },
    { value: "full", label: say(voice, "report.mode.full"), hint: say(voice, "report.mode.full-hint") },
  ];
}
