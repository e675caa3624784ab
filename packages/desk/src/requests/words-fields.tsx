import type { EditedRequest, SuggestedRequest } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { SelectInput, TextInput } from "../ui/fields.tsx";

export interface WordsDraft {
  to: string;
  subject: string;
  body: string;
  legalRoute: string;
  necessity: string;
}

interface Props {
  draft: WordsDraft;
  routes: SuggestedRequest["routes"];
  onChange: (draft: WordsDraft) => void;
}

/** The words of a request: prefilled, to be read, changed and answered for by a person. */
export function WordsFields({ draft, routes, onChange }: Props) {
  const change = (part: Partial<WordsDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextInput label={t("draft.to")} value={draft.to} onChange={(to) => change({ to })} maxLength={255} />
      {routes.length > 0 && (
        <SelectInput
          label={t("draft.law")}
          value={draft.legalRoute}
          onChange={(legalRoute) => change({ legalRoute })}
          groups={[{ choices: routes.map(({ id, text }) => ({ value: id, label: text })) }]}
        />
      )}
      <TextInput
        label={t("draft.subject")}
        value={draft.subject}
        onChange={(subject) => change({ subject })}
        required
        maxLength={300}
      />
      <TextInput
        label={t("draft.body")}
        hint={t("draft.body-hint")}
        value={draft.body}
        onChange={(body) => change({ body })}
        required
        maxLength={20_000}
        lines={10}
      />
      <TextInput
        label={t("draft.necessity")}
        hint={t("draft.necessity-hint")}
        value={draft.necessity}
        onChange={(necessity) => change({ necessity })}
        maxLength={5000}
        lines={4}
      />
    </>
  );
}

/** What the station is told of a draft's words. What is empty is left out. */
export function wordsOf({ to, subject, body, legalRoute, necessity }: WordsDraft): EditedRequest {
  return {
    subject: subject.trim(),
    body,
    ...(to.trim() === "" ? {} : { to: to.trim() }),
    ...(legalRoute === "" ? {} : { legalRoute }),
    ...(necessity.trim() === "" ? {} : { necessity: necessity.trim() }),
  };
}

export function draftFrom({
  to = "",
  subject,
  body,
  routes,
}: Pick<SuggestedRequest, "to" | "subject" | "body" | "routes">): WordsDraft {
  return { to, subject, body, legalRoute: routes[0]?.id ?? "", necessity: "" };
}
