import { probeFinds } from "@fairlead/matching";
import { z } from "zod";
import { sqlFile } from "../sql-file.ts";
import type { BankTrust } from "../store/tables.ts";
import type { Database } from "../store/index.ts";
import type { SaidEntry } from "./entry.ts";
import type { Found } from "./find.ts";
import { SEMANTICS, SIGNAL_KINDS, type SignalKind, semanticsSchema, valueProblem } from "./signal.ts";
import { saidFromJson } from "./write-entries.ts";

const MATCHES = sqlFile(import.meta.url, "./matches.sql");

/** A hash that is asked about. */
export const lookupSchema = z
  .strictObject({
    kind: z.enum(SIGNAL_KINDS),
    value: z.string().transform((text) => text.trim().toLowerCase()),
    /** How it was made; only of perceptual hashes. */
    semantics: semanticsSchema.optional().describe(`one of ${SEMANTICS.join(", ")}`),
    /** What was hashed where that is not the picture as it is, such as a padded copy: it comes back with each match. */
    probe: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.:+-]{0,63}$/)
      .optional(),
    unpadded: z
      .string()
      .transform((text) => text.trim().toLowerCase())
      .optional()
      .describe(
        "of a copy with a border: the same without it, of which a match must be clearly further away",
      ),
  })
  .superRefine(({ kind, value, semantics, unpadded }, context) => {
    const problem = valueProblem(kind, value);
    if (problem !== undefined) context.addIssue({ code: "custom", path: ["value"], message: problem });
    if (kind !== "pdq" && semantics !== undefined)
      context.addIssue({ code: "custom", path: ["semantics"], message: "is only of perceptual hashes" });
    if (unpadded === undefined) return;
    const wrong = kind === "pdq" ? valueProblem(kind, unpadded) : "is only of perceptual hashes";
    if (wrong !== undefined) context.addIssue({ code: "custom", path: ["unpadded"], message: wrong });
  });
export type Lookup = z.infer<typeof lookupSchema>;

/** One hash of a bank that is the one asked for, or near it, with what its source says: claims by a named source, and no more. */
export interface Match {
  bank: string;
  bankName: string;
  source: string;
  /** What this station takes the source's claims for. */
  trust: BankTrust;
  /** `exact`: the same digest. `perceptual`: a picture that looks alike, which is an inference. */
  match: "exact" | "perceptual";
  distance: number;
  /** The hash that matched, and how it was made. */
  /** `id`: its number at this station, which is never another hash's. */
  signal: { id: number; kind: SignalKind; value: string; semantics?: string; quality?: number };
  probe: string;
  entry: { id: string; key: string; revision: number; changedAt: string };
  claims: Omit<SaidEntry, "key" | "signals">;
}
export interface Matches {
  matches: Match[];
  /** There are more than these. */
  more: boolean;
}

interface Row {
  id: string;
  kind: SignalKind;
  value: string;
  semantics: string | null;
  quality: number | null;
  entry_id: string;
  key: string;
  said: unknown;
  revision: number;
  changed_at: string;
  bank_id: string;
  name: string;
  source: string;
  trust: BankTrust;
  threshold: number;
}

/** What was found, as the database has it now: the nearest first, then by bank and entry. */
export async function verified(
  db: Database,
  lookups: readonly Lookup[],
  found: readonly Found[],
  limit: number,
): Promise<Matches[]> {
  const ids = [...new Set(found.flatMap(({ distances }) => [...distances.keys()]))];
  const { rows } = ids.length === 0 ? { rows: [] } : await db.pool.query<Row>(MATCHES, [ids]);
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  return found.map(({ distances, more }, at) => {
    const asked = lookups[at];
    const matches = [...distances].flatMap(([id, distance]) => {
      const row = byId.get(id);
      const stands = row !== undefined && asked !== undefined && agrees(row, asked, distance);
      return stands ? [matchOf(row, asked, distance)] : [];
    });
    matches.sort(
      (a, b) => a.distance - b.distance || compare(a.bank, b.bank) || compare(a.entry.key, b.entry.key),
    );
    return { matches: matches.slice(0, limit), more: more || matches.length > limit };
  });
}

/** An index looks at the beginning of a digest; this at all of it. */
function agrees({ kind, value, threshold }: Row, asked: Lookup, distance: number): boolean {
  if (kind !== "pdq") return value === asked.value;
  if (asked.unpadded === undefined) return distance <= threshold;
  const probe = { hash: Buffer.from(asked.value, "hex"), unpadded: Buffer.from(asked.unpadded, "hex") };
  return probeFinds(probe, Buffer.from(value, "hex"), threshold);
}

function matchOf(row: Row, { probe }: Lookup, distance: number): Match {
  const { key, signals: _, ...claims } = saidFromJson(row.said);
  return {
    bank: row.bank_id,
    bankName: row.name,
    source: row.source,
    trust: row.trust,
    match: row.kind === "pdq" ? "perceptual" : "exact",
    distance,
    signal: {
      id: Number(row.id),
      kind: row.kind,
      value: row.value,
      ...(row.semantics === null ? {} : { semantics: row.semantics }),
      ...(row.quality === null ? {} : { quality: row.quality }),
    },
    probe: probe ?? "plain",
    entry: { id: row.entry_id, key, revision: row.revision, changedAt: row.changed_at },
    claims,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
