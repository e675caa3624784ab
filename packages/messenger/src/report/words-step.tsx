import { useState } from "react";
import { useMe, useNames, useRoomSummary, useVoice } from "../app/messenger-context.tsx";
import type { ReportDraft } from "../client/report/types.ts";
import { say, t } from "../messages/catalogue.ts";
import { SelectInput, TextInput } from "../ui/fields.tsx";
import type { DraftState } from "./use-draft.ts";

interface Props {
  draft: ReportDraft;
  change: DraftState["change"];
}

const NOBODY = "";

/** The reporter's own words, and whom it is about. Both may stay empty. */
export function WordsStep({ draft, change }: Props) {
  const voice = useVoice();
  const me = useMe();
  const nameOf = useNames();
  const room = useRoomSummary(draft.roomId);
  const [note, setNote] = useState(draft.note);
  const people = new Set([
    ...(room?.members ?? []),
    ...draft.lines.flatMap(({ from }) => (from === null ? [] : [from])),
    ...(draft.accused === null ? [] : [draft.accused]),
  ]);
  people.delete(me.uri);
  return (
    <>
      <p>{say(voice, "report.words.lead")}</p>
      <TextInput
        label={say(voice, "report.words.note")}
        hint={say(voice, "report.words.note-hint")}
        value={note}
        onChange={(text) => {
          setNote(text);
          change({ kind: "note", note: text });
        }}
        lines={5}
        maxLength={4000}
      />
      <SelectInput
        label={t("report.words.about")}
        value={draft.accused ?? NOBODY}
        onChange={(uri) => change({ kind: "accused", uri: uri === NOBODY ? null : uri })}
        choices={[
          ...[...people].map((uri) => ({ value: uri, label: nameOf(uri) })),
          { value: NOBODY, label: t("report.words.nobody") },
        ]}
      />
    </>
  );
}
