/** Texts that did not come from this wire, put where the wire has room for them. */
import type { Statement } from "@fairlead/report";
import type { CyberTiplineReport } from "../document/report.ts";
import type { FileDescription } from "./from-evidence.ts";
import { type Writing, changed, lost } from "./writing.ts";

/** A document while it is being put together. */
type Draft = { -readonly [Name in keyof CyberTiplineReport]: CyberTiplineReport[Name] };

export interface Drafts {
  readonly document: Draft;
  readonly descriptions: Map<string, FileDescription>;
  /** Where each person stands in the document. */
  readonly stations: ReadonlyMap<string, PersonStation>;
}

export interface PersonStation {
  readonly list: "personOrUserReported" | "intendedRecipient" | "victim";
  readonly index: number;
}

function append(before: string | undefined, text: string): string {
  return before === undefined ? text : `${before}\n\n${text}`;
}

function replaceAt<T>(items: readonly T[], index: number, change: (item: T) => T): readonly T[] {
  return items.map((item, position) => (position === index ? change(item) : item));
}

/** A note or a biography of someone. @returns whether there was room for it. */
function aboutPerson(
  { document }: Drafts,
  at: PersonStation,
  name: "additionalInfo" | "profileBio",
  text: string,
): boolean {
  const { list, index } = at;
  if (list === "intendedRecipient") {
    document.intendedRecipient = replaceAt(document.intendedRecipient ?? [], index, (recipient) =>
      name === "profileBio"
        ? { ...recipient, profileBio: append(recipient.profileBio, text) }
        : { ...recipient, additionalInfo: [...(recipient.additionalInfo ?? []), text] },
    );
  } else if (list === "victim") {
    document.victim = replaceAt(document.victim ?? [], index, (victim) => ({
      ...victim,
      [name]: append(victim[name], text),
    }));
  } else {
    document.personOrUserReported = replaceAt(document.personOrUserReported ?? [], index, (user) => ({
      ...user,
      [name]: append(user[name], text),
    }));
  }
  return true;
}

function aboutFile({ descriptions }: Drafts, evidence: string, text: string): boolean {
  const description = descriptions.get(evidence);
  if (description === undefined) return false;
  descriptions.set(evidence, {
    ...description,
    additionalInfo: [...(description.additionalInfo ?? []), text],
  });
  return true;
}

function asChat({ document }: Drafts, text: string): boolean {
  const [first, ...others] = document.internetDetails ?? [];
  if (first?.chatImIncident !== undefined) {
    const { content } = first.chatImIncident;
    document.internetDetails = [
      { chatImIncident: { ...first.chatImIncident, content: append(content, text) } },
      ...others,
    ];
  } else {
    const chat = { chatImIncident: { content: text } };
    document.internetDetails = first === undefined ? [chat] : [first, ...others, chat];
  }
  return true;
}

function place(drafts: Drafts, { topic, text, person, evidence }: Statement): boolean {
  const { document } = drafts;
  const at = person === undefined ? undefined : drafts.stations.get(person);
  switch (topic) {
    case "bio":
      return at !== undefined && aboutPerson(drafts, at, "profileBio", text);
    case "terms":
      document.reporter = {
        ...document.reporter,
        termsOfService: append(document.reporter.termsOfService, text),
      };
      return true;
    case "policy":
      document.reporter = {
        ...document.reporter,
        companyTemplate: append(document.reporter.companyTemplate, text),
      };
      return true;
    case "chat":
      return person === undefined && evidence === undefined && asChat(drafts, text);
    case "note":
      if (evidence !== undefined) return aboutFile(drafts, evidence, text);
      if (at !== undefined) return aboutPerson(drafts, at, "additionalInfo", text);
      if (person !== undefined) return false;
      document.additionalInfo = append(document.additionalInfo, text);
      return true;
    case "police-contact":
    case "wire":
      break;
  }
  return false;
}

/** Places the statements that have no path of this wire. */
export function placeTexts(
  writing: Writing,
  drafts: Drafts,
  statements: readonly { readonly statement: Statement; readonly index: number }[],
): void {
  for (const { statement, index } of statements) {
    const pointer = `/statements/${String(index)}`;
    if (!place(drafts, statement)) lost(writing, pointer, "The wire has no place for this text.");
    else if (statement.path !== undefined) {
      changed(writing, `${pointer}/path`, "The wire cannot say where this text stood before.");
    }
  }
}
