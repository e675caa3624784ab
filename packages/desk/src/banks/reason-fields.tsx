import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import type { HashKind } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { CheckInput } from "../ui/fields.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Instant } from "../ui/words.tsx";
import { reasonsQuery } from "./queries.ts";

interface Props {
  bank: string;
  entry: string;
  kind: HashKind;
  chosen: readonly string[];
  isMissing: boolean;
  onChange: (chosen: readonly string[]) => void;
}

/** Reasons from the source's own list: nothing else can be sent as one. */
export function ReasonFields({ bank, entry, kind, chosen, isMissing, onChange }: Props) {
  const query = useQuery(reasonsQuery(useApi(), bank, entry, kind));
  const listed = query.data;
  return (
    <fieldset className="bank-parts">
      <legend className="label">{t("feedback.dialog.reasons")}</legend>
      <QueryNotice query={query} />
      {listed !== undefined && listed.reasons.length === 0 && <p>{t("feedback.dialog.no-reasons")}</p>}
      {listed?.reasons.map(({ id, name }) => (
        <CheckInput
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
        />
      ))}
      {listed?.at !== undefined && (
        <p className="hint">
          {t("feedback.dialog.reasons-of")} <Instant at={listed.at} />
        </p>
      )}
      {isMissing && (
        <p className="field-problem" role="alert">
          {t("feedback.dialog.choose")}
        </p>
      )}
    </fieldset>
  );
}
