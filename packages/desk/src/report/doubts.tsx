import type { Assessment, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { AsSent } from "../ui/words.tsx";
import { FieldLink } from "./reasons.tsx";

type Doubt = Assessment["doubts"][number];

/** Times and addresses that may not be what they say: those that hold the grade down first, each with what to ask whom. */
export function Doubts({ doubts, view }: { doubts: readonly Doubt[]; view: ReportView }) {
  if (doubts.length === 0) return null;
  const ordered = [
    ...doubts.filter(({ attribute }) => attribute !== undefined),
    ...doubts.filter(({ attribute }) => attribute === undefined),
  ];
  return (
    <div className="card">
      <h3 className="card-title">{t("doubts.title")}</h3>
      <p className="hint">{t("doubts.hint")}</p>
      <Gradually items={ordered} step={5}>
        {(items) => (
          <ul className="reasons">
            {items.map((doubt) => (
              <li key={`${doubt.code} ${doubt.path}`}>
                <OneDoubt doubt={doubt} view={view} />
              </li>
            ))}
          </ul>
        )}
      </Gradually>
    </div>
  );
}

function OneDoubt({ doubt, view }: { doubt: Doubt; view: ReportView }) {
  const { attribute, path, stated, couldBe, text, whom, what } = doubt;
  return (
    <>
      <strong>
        {attribute === undefined
          ? t("doubts.named")
          : t("doubts.holds", { attribute: t(`attribute.${attribute}`) })}
      </strong>{" "}
      {text}
      <span className="reason-basis">
        <FieldLink path={path} view={view} />
        <span>
          {t("doubts.stated")} <AsSent>{stated}</AsSent>
        </span>
        {couldBe.length > 0 && <span>{t("doubts.could-be", { others: couldBe.join(", ") })}</span>}
      </span>
      <p>{t("doubts.ask", { whom, what })}</p>
    </>
  );
}
