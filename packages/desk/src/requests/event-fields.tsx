import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { personName } from "../report/claim-words.ts";
import { SelectInput, TextInput } from "../ui/fields.tsx";
import type { AnswerDraft } from "./answer-draft.ts";

const KINDS = ["upload", "send", "login", "registration", "purchase", "other", "unknown"] as const;

interface Props {
  draft: AnswerDraft;
  view: ReportView;
  onChange: (part: Partial<AnswerDraft>) => void;
}

/** One line of a provider's log. Its time is copied as it stands: nobody turns it into another zone by hand. */
export function EventFields({ draft, view, onChange }: Props) {
  const suspects = view.report.persons.filter(({ role }) => role === "suspect");
  return (
    <>
      <SelectInput
        label={t("reply.person")}
        value={draft.person}
        onChange={(person) => onChange({ person })}
        groups={[
          {
            choices: [
              { value: "", label: t("reply.person-unknown") },
              ...suspects.map(({ key }) => ({ value: key, label: personName(key) })),
            ],
          },
        ]}
      />
      <SelectInput
        label={t("reply.event")}
        value={draft.event}
        onChange={(event) => onChange({ event })}
        groups={[{ choices: KINDS.map((value) => ({ value, label: t(`event.${value}`) })) }]}
      />
      <TextInput
        label={t("reply.time")}
        hint={t("reply.time-hint")}
        value={draft.time}
        onChange={(time) => onChange({ time })}
        maxLength={64}
      />
      <TextInput
        label={t("reply.address")}
        value={draft.address}
        onChange={(address) => onChange({ address })}
        maxLength={64}
      />
      <TextInput
        label={t("reply.port")}
        value={draft.port}
        onChange={(port) => onChange({ port })}
        maxLength={5}
      />
    </>
  );
}
