import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { CheckInput } from "../ui/fields.tsx";

interface Props {
  linked: KeepingView["linked"];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** On which of the linked reports the hold is placed as well: each with what links it, and none unless the person says so. */
export function LinkedFields({ linked, chosen, onChange }: Props) {
  const set = (report: string, isChosen: boolean) =>
    onChange(new Set([...chosen].filter((each) => each !== report).concat(isChosen ? [report] : [])));
  return (
    <fieldset className="fieldset">
      <legend className="label">{t("keeping.linked")}</legend>
      <p className="hint">{t("keeping.linked-hint")}</p>
      {linked.map(({ report, number, why, held }) => (
        <CheckInput
          key={report}
          label={t(held ? "keeping.linked-held" : "keeping.linked-report", { number })}
          hint={why.join("; ")}
          checked={chosen.has(report)}
          onChange={(isChosen) => set(report, isChosen)}
        />
      ))}
    </fieldset>
  );
}
