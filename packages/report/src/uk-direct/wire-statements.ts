import { type ClaimSource, claimSourceSchema } from "../claim.ts";
import { canonicalJson } from "../canonical.ts";
import type { Report, Statement } from "../report.ts";

/**
 * What the internal report has no place for, as statements in the wire's own words: they stay with the report from station to
 * station, and a UK report can be made of them again.
 */
const PREFIX = "uk-direct/";

export function ukStatement(
  path: string,
  text: string,
  about: Pick<Statement, "person" | "evidence"> = {},
): Statement {
  return { topic: "wire", text, path: `${PREFIX}${path}`, ...about };
}

export function isUkStatement({ topic, path }: Statement): boolean {
  return topic === "wire" && path?.startsWith(PREFIX) === true;
}

/** The statements under this path, in the report's order. */
export function ukStatements(report: Report, path: string): Statement[] {
  return report.statements.filter((found) => found.topic === "wire" && found.path === `${PREFIX}${path}`);
}

/** A first line, the source that says so, and what else it says. */
export function saidBy(word: string, by: ClaimSource, note?: string): string {
  return [word, canonicalJson(by), ...(note === undefined ? [] : [note])].join("\n");
}

/** Reads what `saidBy` wrote; undefined for any other text. */
export function readSaidBy(text: string): { word: string; by: ClaimSource; note?: string } | undefined {
  const [word = "", source = "", ...rest] = text.split("\n");
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return undefined;
  }
  const by = claimSourceSchema.safeParse(value);
  if (!by.success) return undefined;
  return { word, by: by.data, ...(rest.length === 0 ? {} : { note: rest.join("\n") }) };
}
