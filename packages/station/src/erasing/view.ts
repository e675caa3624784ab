import { keepingOf } from "@fairlead/assessment";
import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { ErasureView } from "../desk-api/contract.ts";
import { factsOf, lawsOf, readKeeping } from "../keeping/index.ts";
import type { ErasureStage } from "../store/tables.ts";
import { standingOf, whyNot } from "./problem.ts";

interface Row {
  number: string;
  stage: ErasureStage;
  reason: string;
  name: string;
  confirmed_at: string;
  began_at: string | null;
  erased_at: string | null;
  stopped_why: string | null;
  objects: number;
  shredded: number;
}

const iso = (text: string) => new Date(text).toISOString();

/** How far the erasure of a report has got, and whether whoever asks can confirm it. */
export async function erasureView(station: Station, reportId: string, by: Principal): Promise<ErasureView> {
  const { rows } =
    await sql<Row>`select erasure.number::text, erasure.stage, erasure.reason, person.name, erasure.confirmed_at,
      erasure.began_at, erasure.erased_at, erasure.stopped_why,
      (select count(*)::integer from erasure_object where erasure_object.erasure = erasure.number) as objects,
      (select count(shredded_at)::integer from erasure_object where erasure_object.erasure = erasure.number) as shredded
    from erasure join person on person.id = erasure.confirmed_by
    where erasure.report_id = ${reportId}::uuid order by erasure.number desc limit 1`.execute(
      station.db.kysely,
    );
  const facts = factsOf(await readKeeping(station.db.kysely, reportId));
  const keeping = keepingOf(facts, lawsOf(station));
  const standing = await standingOf(station.db.kysely, reportId, keeping.letGo?.id);
  const problem = whyNot({ keeping, holds: facts.holds, standing, by: by.id, now: station.clock() });
  const [row] = rows;
  return {
    ...(row === undefined
      ? {}
      : {
          last: {
            number: row.number,
            stage: row.stage,
            by: row.name,
            at: iso(row.confirmed_at),
            reason: row.reason,
            ...(row.began_at === null ? {} : { began: iso(row.began_at) }),
            ...(row.erased_at === null ? {} : { erased: iso(row.erased_at) }),
            ...(row.stopped_why === null ? {} : { stopped: row.stopped_why }),
            objects: row.objects,
            shredded: row.shredded,
          },
        }),
    ...(problem === undefined ? {} : { problem }),
    may: station.policy.may(by, "confirm-erasing", {
      id: reportId,
      status: standing.begun ? "erased" : "closed",
    }),
  };
}
