import { createHash } from "node:crypto";
import type { Attestation } from "@fairlead/franking";
import type { Claim, EvidenceId } from "@fairlead/report";
import { sql } from "kysely";
import { openForProof } from "../access/index.ts";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { jobCall } from "../jobs.ts";
import { insertClaims } from "../store/index.ts";
import { type Held, judge, type Judgement } from "./judge.ts";
import { isAttestation } from "./parts.ts";
import {
  MAX_ATTESTATION_BYTES,
  type PinnedProvider,
  pinnedProviders,
  readAttestation,
  type Reading,
} from "./read.ts";

/**
 * Checks the proofs of origin that came with a report: opens its attestations and nothing else, states what they prove, and has the
 * report linked and assessed anew. Can be run any number of times; one that was judged is not opened again, unless its provider was
 * unknown then.
 */
export async function checkProofs(station: Station, { reportId }: { reportId: string }): Promise<void> {
  const rows = await evidenceOf(station, reportId);
  const due = rows.filter((row) => row.isDue);
  if (due.length === 0) return;
  const providers = pinnedProviders(station.config);
  const opened = await openForProof(station, { reportId, attestations: due.flatMap(openable) });
  const read = new Map<string, Reading>();
  for (const row of due) read.set(row.id, await reading(row, opened.get(row.id), providers));
  const judged = rows.flatMap((row) => {
    const found = read.get(row.id) ?? row.before;
    return found === undefined ? [] : [{ id: row.id, reading: found }];
  });
  const judgements = judge(
    judged.map((one) => one.reading),
    rows,
  );
  for (const [index, { id, reading: found }] of judged.entries()) {
    const judgement = judgements[index];
    if (read.has(id) && judgement !== undefined)
      await keep(station, reportId, { id, reading: found, judgement });
  }
}

interface Row extends Held {
  objectName: string;
  size: number;
  isDue: boolean;
  /** What an earlier run read of it. */
  before: Reading | undefined;
}

/** The report's evidence whose bytes are here, with what is known of it. */
async function evidenceOf(station: Station, reportId: string): Promise<Row[]> {
  const rows = await station.db.kysely
    .selectFrom("evidence")
    .leftJoin("proof", (join) =>
      join
        .onRef("proof.report_id", "=", "evidence.report_id")
        .onRef("proof.attestation_id", "=", "evidence.id"),
    )
    .select(["evidence.id", "evidence.kind", "evidence.name", "evidence.media_type", "evidence.object_name"])
    .select(["evidence.size", "evidence.sha256", "proof.state", "proof.attestation", "proof.key_ids"])
    .where("evidence.report_id", "=", reportId)
    .orderBy("evidence.position")
    .execute();
  return rows.flatMap(({ object_name: objectName, sha256, attestation, key_ids: keyIds, state, ...row }) => {
    if (objectName === null || sha256 === null) return [];
    const described = { kind: row.kind, name: row.name ?? undefined, mediaType: row.media_type ?? undefined };
    const held = { id: row.id, ...described, sha256: sha256.toString("hex") };
    return [
      {
        ...held,
        objectName,
        size: Number(row.size),
        isDue: isAttestation(held) && (state === null || state === "unknown-provider"),
        before:
          attestation === null
            ? undefined
            : ({ kind: "trusted", attestation: attestation as Attestation, keyIds: keyIds ?? [] } as const),
      },
    ];
  });
}

function openable({ id, objectName, size }: Row): Array<{ id: string; objectName: string }> {
  return size > MAX_ATTESTATION_BYTES ? [] : [{ id, objectName }];
}

async function reading(
  row: Row,
  open: (() => AsyncIterable<Uint8Array>) | undefined,
  providers: readonly PinnedProvider[],
): Promise<Reading> {
  const bytes = open === undefined ? undefined : await collect(open());
  if (bytes === undefined) return { kind: "unreadable", code: "too-large", keyIds: [] };
  // Where the sender sealed it, nobody has measured it before.
  if (createHash("sha256").update(bytes).digest("hex") !== row.sha256)
    return { kind: "unreadable", code: "not-as-measured", keyIds: [] };
  return await readAttestation(bytes, providers);
}

/** @returns `undefined` for more than an attestation can be: a sealed file may hold more than its sender said */
async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > MAX_ATTESTATION_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Keeps a judgement with all that follows from it, in one statement: the claim, the leaf, and the job that assesses the report anew.
 * Whoever comes second, after a crash or beside another worker, writes nothing.
 */
async function keep(
  station: Station,
  reportId: string,
  { id, reading: found, judgement }: { id: string; reading: Reading; judgement: Judgement },
): Promise<void> {
  const now = station.clock();
  const claims = claimsOf(station, judgement, now);
  const leaf = newLeaf({
    kind: "proof.checked",
    at: now,
    actor: "station",
    reportId,
    body: {
      attestation: id,
      bundle: judgement.bundleId,
      state: judgement.state,
      code: judgement.code,
      verified: judgement.claim?.verified ?? null,
    },
  });
  const attestation = found.kind === "trusted" ? JSON.stringify(found.attestation) : null;
  await station.db.transaction(async (tx) => {
    const kept = await sql`insert into proof
        (report_id, attestation_id, state, code, bundle_id, key_ids, attestation, checked_at)
      values (${reportId}, ${id}, ${judgement.state}, ${judgement.code}, ${judgement.bundleId}, ${found.keyIds},
        ${attestation}::jsonb, ${new Date(now).toISOString()})
      on conflict (report_id, attestation_id) do update
        set state = excluded.state, code = excluded.code, bundle_id = excluded.bundle_id, key_ids = excluded.key_ids,
          attestation = excluded.attestation, checked_at = excluded.checked_at
        where proof.state = 'unknown-provider' and excluded.state <> 'unknown-provider'
      returning state`.execute(tx);
    if (kept.rows.length === 0) return;
    await insertLeaves(tx, [leaf]).execute();
    if (claims.length === 0) return;
    await tx
      .with("stated", (db) => insertClaims(db, reportId, claims, { at: now }))
      .selectNoFrom(jobCall("work-up", { reportId }, reportId).as("job"))
      .execute();
  });
}

/** What this station says of the bundle in its own name (law 3). */
function claimsOf(station: Station, { bundleId, claim }: Judgement, now: number): Claim[] {
  if (bundleId === null || claim === null) return [];
  const { id, name } = station.config.station;
  return [
    {
      about: { kind: "evidence", id: bundleId as EvidenceId },
      source: { kind: "station", id, name },
      madeAt: new Date(now).toISOString(),
      states: { kind: "franking", ...claim },
    },
  ];
}
