import type { UkForm, UkItem, UkItemId, UkLink, UkOffer, UkPriority } from "../api/shapes.ts";
import { isSeparate } from "./uk-items.tsx";

export const LINKS = [
  "place",
  "suspect-nationality",
  "suspect-location",
  "victim-location",
] as const satisfies readonly UkLink["basis"][];

/** What a person has said at the form so far. */
export interface UkDraft {
  level: UkPriority;
  why: string;
  follows: string | undefined;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  howDetected: string;
  identityDocuments: string;
  /** Links that were chosen, with what shows each. */
  links: Partial<Record<UkLink["basis"], string>>;
  /** Items that somebody looked for and that are not held. */
  notHeld: readonly UkItemId[];
  declaration: boolean;
}

/** An empty form: nobody has looked for anything, and nothing is declared. */
export function newDraft({ level, why, references }: UkOffer): UkDraft {
  return {
    level,
    why: why ?? "",
    follows: references.at(-1),
    firstName: "",
    lastName: "",
    email: "",
    phone: "",
    howDetected: "",
    identityDocuments: "",
    links: {},
    notHeld: [],
    declaration: false,
  };
}

/** Items about which the form asks: those that the report does not have, but for what is written out at the form. */
export function openItems(items: readonly UkItem[], draft: UkDraft): UkItem[] {
  return items.filter((item) => {
    if (item.state === "held" || !isSeparate(item, items)) return false;
    if (item.id === "reporting-person") return false;
    // The reference of the report that this one follows is an earlier report.
    if (item.id === "previous-report" && draft.follows !== undefined) return false;
    if (item.id === "how-detected") return draft.howDetected.trim() === "";
    return item.id !== "identity-documents" || draft.identityDocuments.trim() === "";
  });
}

/** The draft as the station takes it: what was left empty is left out. */
export function formOf(offer: UkOffer, draft: UkDraft): UkForm {
  const reporter = {
    ...text("firstName", draft.firstName),
    ...text("lastName", draft.lastName),
    ...text("email", draft.email),
    ...text("phone", draft.phone),
  };
  const open = new Set(openItems(offer.items, draft).map(({ id }) => id));
  return {
    id: offer.id,
    peer: offer.peer,
    choices: {
      priority: { level: draft.level, ...(draft.level === "P3" ? {} : text("why", draft.why)) },
      ...(draft.follows === undefined ? {} : { follows: draft.follows }),
      links: LINKS.flatMap((basis) => {
        const evidence = draft.links[basis];
        return evidence === undefined ? [] : [{ basis, evidence: evidence.trim() }];
      }),
      declaration: draft.declaration,
      ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
      howDetected: lines(draft.howDetected),
      identityDocuments: lines(draft.identityDocuments),
      notHeld: draft.notHeld.filter((id) => open.has(id)).map((item) => ({ item })),
    },
  };
}

function text<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  const trimmed = value.trim();
  return (trimmed === "" ? {} : { [name]: trimmed }) as Partial<Record<Name, string>>;
}

function lines(value: string): string[] {
  const trimmed = value.trim();
  return trimmed === "" ? [] : [trimmed];
}
