import type { AttributeView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Pips } from "../ui/grades.tsx";
import { Tag } from "../ui/words.tsx";
import { Reasons } from "./reasons.tsx";

/** How many steps each attribute has (agency.md 4.1): O and A go to 4, the others to 3. */
const STEPS = { offence: 4, attribution: 4, place: 3, time: 3, integrity: 3 } as const;

/** The five attributes side by side; the weakest link decides, so the one that binds is marked. */
export function AttributeStrip({
  attributes,
  view,
}: {
  attributes: readonly AttributeView[];
  view: ReportView;
}) {
  return (
    <>
      <ol className="strip" aria-label={t("summary.attributes")}>
        {attributes.map(({ attribute, value, text, binding }) => (
          <li key={attribute} className="strip-part" data-binding={binding || undefined}>
            <span className="strip-name">{t(`attribute.${attribute}`)}</span>
            <span className="strip-value">
              <Pips filled={Number(value.slice(1))} of={STEPS[attribute]} /> {value}
            </span>
            <span className="strip-text">{text}</span>
            {binding && <Tag tone="strong">{t("summary.binds")}</Tag>}
          </li>
        ))}
      </ol>
      <details className="details">
        <summary>{t("summary.why-attributes")}</summary>
        {attributes.map(({ attribute, value, reasons }) => (
          <div key={attribute}>
            <h4>
              {t(`attribute.${attribute}`)} {value}
            </h4>
            <Reasons reasons={reasons} view={view} />
          </div>
        ))}
      </details>
    </>
  );
}
