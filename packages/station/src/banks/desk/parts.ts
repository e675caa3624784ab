import type { z } from "zod";
import type { Station } from "../../context.ts";
import type { bankPartsSchema, PART_SORTS } from "../../desk-api/contract.ts";
import { bankRow } from "./summary.ts";

const AT_ONCE = 100;
/** By the primary key. */
const PARTS = `select value, name, live::integer as live from bank_part
  where bank_id = $1 and sort = $2 and ($3::text is null or value > $3) order by value limit $4`;

/** What a bank can be switched on by in part, as far as its entries have it now. @throws StationError `not-found` */
export async function bankParts(
  station: Station,
  id: string,
  { sort, after }: { sort: (typeof PART_SORTS)[number]; after?: string | undefined },
): Promise<z.infer<typeof bankPartsSchema>> {
  await bankRow(station, id);
  const { rows } = await station.db.pool.query<{ value: string; name: string | null; live: number }>(PARTS, [
    id,
    sort,
    after ?? null,
    AT_ONCE + 1,
  ]);
  const shown = rows.slice(0, AT_ONCE);
  const last = rows.length > AT_ONCE ? shown.at(-1) : undefined;
  return {
    parts: shown.map(({ value, name, live }) => ({ value, ...(name === null ? {} : { name }), live })),
    ...(last === undefined ? {} : { next: last.value }),
  };
}
