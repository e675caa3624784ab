import type { HashEntry, HashPage } from "@fairlead/cybertipline";
import { type SaidEntry, saidEntrySchema, type SaidPage } from "../entry.ts";
import { type Signal, type SignalKind, valueProblem } from "../signal.ts";
import { unreadable } from "./bounded.ts";

const KINDS: Readonly<Record<string, SignalKind>> = { md5: "md5", sha1: "sha1", pdq: "pdq" };

/** What NCMEC's members say, as this station keeps it. An entry is one member's: two about one picture are two. */
export function ncmecPage({ entries, deleted }: HashPage): SaidPage {
  return {
    entries: entries.map(entryOf),
    removed: deleted.map(({ member, id }) => `${member.id}-${id}`),
  };
}

function entryOf(entry: HashEntry): SaidEntry {
  const { media, member, id, timestamp, classification, fingerprints, categorizations } = entry;
  const signals: Signal[] = [];
  const unread: string[] = [];
  for (const { tag, value: said } of fingerprints) {
    const kind = KINDS[tag];
    const value = said.toLowerCase();
    if (kind === undefined) unread.push(tag);
    else if (valueProblem(kind, value) !== undefined) unread.push(`${tag}: ${valueProblem(kind, value)}`);
    else signals.push({ kind, value });
  }
  const made = saidEntrySchema.safeParse({
    key: `${member.id}-${id}`,
    member: { id: member.id, ...(member.name === "" ? {} : { name: member.name }) },
    media,
    signals,
    ...(classification === undefined ? {} : { classification }),
    categories: categorizations,
    unread,
    saidAt: timestamp,
  });
  if (!made.success) {
    const [issue] = made.error.issues;
    unreadable(`the entry ${member.id}-${id}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  }
  return made.data;
}
