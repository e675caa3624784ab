/** Who made a change, as a page says it. */
export interface ChangedByView {
  way: "person" | "sender" | "exchange" | "operator";
  by?: string;
}

/** A person by the name that was joined for it; an account by its own. */
export function changedBy(by: string, person: string | null): ChangedByView {
  const [way = "", name = ""] = by.split(":", 2);
  switch (way) {
    case "person":
      return { way, ...(person === null ? {} : { by: person }) };
    case "sender":
      return { way, by: name };
    case "exchange":
      return { way };
    default:
      return { way: "operator" };
  }
}

/** SQL that joins the person who made a change, as `person`. */
export const JOIN_PERSON =
  "left join person on person.id = case when change.by like 'person:%' then substr(change.by, 8)::uuid end";
