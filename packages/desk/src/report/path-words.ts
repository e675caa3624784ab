import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { evidenceName, personName, statementWords } from "./claim-words.ts";

/** A reason's field by its name, and where on the page it stands, if it does. */
export interface FieldPlace {
  words: string;
  section?: "summary" | "people" | "events" | "evidence" | "statements" | "claims";
}

/**
 * Puts a reason's path into words.
 * @param path JSON Pointer (RFC 6901) into what was assessed: `/report/persons/0/events/2`, `/claims/4`
 * @returns `undefined` for a path that this page shows nowhere
 */
export function fieldPlace(path: string, view: ReportView): FieldPlace | undefined {
  const [root, ...rest] = path.split("/").slice(1);
  if (root === undefined || path === "/report") return { words: t("field-place.report"), section: "summary" };
  if (root === "claims") return claimPlace(view.claims[Number(rest[0])]);
  if (root === "context") return { words: t("field-place.context") };
  if (root !== "report") return undefined;
  const [part, index, ...deeper] = rest;
  switch (part) {
    case "incident":
      return { words: t("field-place.incident"), section: "summary" };
    case "persons":
      return personPlace(view.report.persons[Number(index)], deeper);
    case "evidence":
      return evidencePlace(view, Number(index));
    case "claims":
      return claimPlace(view.report.claims[Number(index)]);
    case "statements":
      return { words: t("field-place.text"), section: "statements" };
    default:
      return undefined;
  }
}

type Persons = ReportView["report"]["persons"];

function personPlace(person: Persons[number] | undefined, [part, index]: string[]): FieldPlace | undefined {
  if (person === undefined) return undefined;
  const name = personName(person.key);
  const event = part === "events" ? person.events[Number(index)] : undefined;
  if (event !== undefined) {
    const what = t(`event.${event.kind}`);
    const address = event.ip?.address ?? event.ip?.raw;
    return {
      words:
        address === undefined
          ? t("field-place.part", { whole: name, part: what })
          : t("field-place.event", { person: name, what, address }),
      section: "events",
    };
  }
  const identifier = part === "identifiers" ? person.identifiers[Number(index)] : undefined;
  if (identifier !== undefined) {
    const kind = t(`identifier.${identifier.kind}`);
    return {
      words: t("field-place.event", { person: name, what: kind, address: identifier.raw }),
      section: "people",
    };
  }
  return { words: name, section: "people" };
}

function evidencePlace(view: ReportView, index: number): FieldPlace | undefined {
  const id = view.report.evidence[index]?.id;
  if (id === undefined) return undefined;
  return { words: evidenceName(view.evidence.find((item) => item.id === id)), section: "evidence" };
}

function claimPlace(claim: ReportView["claims"][number] | undefined): FieldPlace | undefined {
  if (claim === undefined) return undefined;
  const words = statementWords(claim.states);
  return {
    words: t("field-place.claim", { claim: words.length > 80 ? `${words.slice(0, 79)}…` : words }),
    section: "claims",
  };
}
