import type { UkItem } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { AsSent, Tag, Unknown } from "../ui/words.tsx";

/** What is held, what is not held and what nobody looked for, with who says so. */
export function UkItems({
  items,
  caption,
  level,
}: {
  items: readonly UkItem[];
  caption: string;
  /** Of its heading: below a page's title or below a section's. */
  level: 2 | 3;
}) {
  const Heading = `h${level}` as const;
  const shown = items.filter((item) => isSeparate(item, items));
  const count = (state: UkItem["state"]) => shown.filter((item) => item.state === state).length;
  return (
    <>
      <Heading>{caption}</Heading>
      <p className="hint">
        {t("uk.count", {
          held: count("held"),
          notHeld: count("not-held"),
          notAsked: count("not-asked"),
        })}
      </p>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("uk.items.item")}</th>
              <th scope="col">{t("uk.items.state")}</th>
              <th scope="col">{t("uk.items.given")}</th>
              <th scope="col">{t("uk.items.by")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <tr key={item.id}>
                <th scope="row">{t(`uk.item.${item.id}`)}</th>
                <td data-label={t("uk.items.state")}>
                  <StateWords state={item.state} />
                </td>
                <td {...(gives(item) ? { "data-label": t("uk.items.given") } : {})}>
                  <Given item={item} />
                </td>
                <td data-label={t("uk.items.by")}>{byWords(item.by)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A part of what is not there at all has no word of its own. */
export function isSeparate({ partOf }: UkItem, items: readonly UkItem[]): boolean {
  return partOf === undefined || items.find(({ id }) => id === partOf)?.state === "held";
}

function gives({ values, note }: UkItem): boolean {
  return values.length > 0 || note !== undefined;
}

function StateWords({ state }: { state: UkItem["state"] }) {
  if (state === "not-asked") return <Unknown>{t("uk.state.not-asked")}</Unknown>;
  return <Tag tone={state === "held" ? "strong" : "plain"}>{t(`uk.state.${state}`)}</Tag>;
}

function Given({ item: { values, note } }: { item: UkItem }) {
  return (
    <>
      {values.length > 0 && (
        <ul className="plain-list">
          {[...new Set(values)].map((value) => (
            <li key={value}>
              <AsSent>{value}</AsSent>
            </li>
          ))}
        </ul>
      )}
      {note !== undefined && <AsSent>{note}</AsSent>}
    </>
  );
}

function byWords(by: UkItem["by"]): string {
  switch (by.kind) {
    case "sender":
    case "station":
    case "list":
      return by.name;
    case "person":
      return t("uk.by.person", { role: by.role, id: by.id.slice(-6) });
    case "rule":
      return t("uk.by.rule");
    default:
      return by satisfies never;
  }
}
