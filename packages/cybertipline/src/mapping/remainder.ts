/** What a report has no place for, as statements: readable ones first, then the exact forms in one block. */
import type { Statement } from "@fairlead/report";
import type { Balance, Remainder } from "./ledger.ts";

/** Characters of one statement, by the report's schema. */
const LONGEST_STATEMENT = 1_000_000;
/** JSON writes a character in up to six. */
const LONGEST_PART = 150_000;

const TOPICS: readonly (readonly [RegExp, Statement["topic"]])[] = [
  [/^\/report\/lawEnforcement\//, "police-contact"],
  [/\/profileBio$/, "bio"],
  [/Incident\/content$/, "chat"],
  [/\/additionalInfo(?:\[\d+\])?$/, "note"],
  [/\/termsOfService$/, "terms"],
  [/\/(?:companyTemplate|legalURL)$/, "policy"],
];

function topicOf(path: string): Statement["topic"] {
  return TOPICS.find(([pattern]) => pattern.test(path))?.[1] ?? "wire";
}

/** Cuts a text into parts, never through a surrogate pair. Put together they are the text. */
function partsOf(text: string, longest: number): readonly string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = from + longest;
    const unit = text.charCodeAt(end - 1);
    const to = unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts.length === 0 ? [""] : parts;
}

/** Entries as JSON arrays that each fit into one statement. */
function pack(entries: readonly Remainder[]): readonly string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let length = 2;
  for (const [path, text] of entries) {
    const parts = text === null ? [null] : partsOf(text, LONGEST_PART);
    for (const part of parts) {
      const entry = JSON.stringify([path, part]);
      if (length + entry.length + 1 > LONGEST_STATEMENT) {
        blocks.push(`[${block.join(",")}]`);
        block = [];
        length = 2;
      }
      block.push(entry);
      length += entry.length + 1;
    }
  }
  if (block.length > 0) blocks.push(`[${block.join(",")}]`);
  return blocks;
}

/**
 * Turns what is left of a document into statements.
 *
 * @param root the document's own path, such as `/report`.
 * @param about whom or what a path concerns.
 * @param room how many readable statements the report still has room for; the rest goes into the block.
 */
export function remainingStatements(
  root: string,
  { left, forms }: Balance,
  about: (path: string) => Pick<Statement, "person" | "evidence">,
  room: number,
): readonly Statement[] {
  const readable: Statement[] = [];
  const packed: Remainder[] = [...forms];
  for (const { path, text } of left) {
    const parts = partsOf(text, LONGEST_STATEMENT);
    if (readable.length + parts.length > room) packed.push([path, text]);
    else for (const part of parts) readable.push({ topic: topicOf(path), text: part, ...about(path), path });
  }
  const blocks = pack(packed).map((text): Statement => ({ topic: "wire", text, ...about(root), path: root }));
  return [...readable, ...blocks];
}

function isEntry(entry: unknown): entry is Remainder {
  return (
    Array.isArray(entry) &&
    entry.length === 2 &&
    typeof entry[0] === "string" &&
    (entry[1] === null || typeof entry[1] === "string")
  );
}

/**
 * Reads a statement back: one value, or the entries of a block.
 *
 * @param root the document's own path, which only a block has.
 * @returns undefined if the statement came from no such document.
 */
export function readStatement(root: string, statement: Statement): readonly Remainder[] | undefined {
  const { path, text } = statement;
  if (path === undefined) return undefined;
  if (path !== root) return path.startsWith(`${root}/`) ? [[path, text]] : undefined;
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) && entries.every(isEntry) ? entries : undefined;
  } catch {
    return undefined;
  }
}

/** Joins entries of one path: a long text may have come in parts. */
export function joined(entries: readonly Remainder[]): ReadonlyMap<string, string | null> {
  const texts = new Map<string, string | null>();
  for (const [path, text] of entries) {
    const before = texts.get(path);
    texts.set(path, before === undefined || before === null || text === null ? text : before + text);
  }
  return texts;
}
