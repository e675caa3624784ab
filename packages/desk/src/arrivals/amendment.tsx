import type { AmendmentView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { AsSent } from "../ui/words.tsx";

/** What a later report says differently from the one that it adds to, field by field. */
export function Amendment({ amendment: { number, to, changes } }: { amendment: AmendmentView }) {
  return (
    <>
      <h3>{t("arrivals.changes", { number, to: to.number })}</h3>
      {changes.length === 0 && <p>{t("arrivals.changes-none")}</p>}
      {changes.some(({ kind }) => kind === "gone") && <p className="hint">{t("arrivals.gone-hint")}</p>}
      <Gradually items={changes} step={20}>
        {(items) => (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t("arrivals.field")}</th>
                  <th scope="col">{t("arrivals.change")}</th>
                  <th scope="col">{t("arrivals.before")}</th>
                  <th scope="col">{t("arrivals.after")}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((change) => (
                  <tr
                    key={`${change.kind} ${change.field} ${change.of ?? ""} ${change.before ?? ""} ${change.after ?? ""}`}
                  >
                    <th scope="row">{fieldWords(change)}</th>
                    <td data-label={t("arrivals.change")}>{t(`arrivals.change.${change.kind}`)}</td>
                    <td data-label={t("arrivals.before")}>
                      <Said>{change.before}</Said>
                    </td>
                    <td data-label={t("arrivals.after")}>
                      <Said>{change.after}</Said>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Gradually>
    </>
  );
}

/** Characters of a hash that tell two files of one report apart. */
const SHOWN = 12;

function fieldWords({ field, of }: AmendmentView["changes"][number]): string {
  const name = t(`arrivals.field.${field}`);
  return of === undefined
    ? name
    : t("arrivals.of", { field: name, of: of.length > 24 ? `${of.slice(0, SHOWN)}…` : of });
}

function Said({ children }: { children: string | undefined }) {
  return children === undefined ? (
    <span className="hint">{t("arrivals.nothing")}</span>
  ) : (
    <AsSent>{children}</AsSent>
  );
}
