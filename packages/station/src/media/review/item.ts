import type { Station } from "../../context.ts";
import { sqlFile } from "../../sql-file.ts";
import { isoFromJson } from "../../store/index.ts";
import { mediaTypeOf } from "../compose.ts";
import { foundSchema, type FoundMatch } from "../matches.ts";

const ITEM = sqlFile(import.meta.url, "item.sql");
const NEAR = sqlFile(import.meta.url, "near.sql");

/** What the field calls alike (hash.md, section 2), for pictures whose hashes say enough. */
const NEAR_BITS = 31;
const GOOD_QUALITY = 50;
const MOST_NEAR = 50;

export interface NearCopy {
  sha256: string;
  distance: number;
  size: number;
  mediaType?: string;
}
/** What is known of a file without opening it. */
export interface ReviewItem {
  sha256: string;
  size: number;
  mediaType?: string;
  firstAt: string;
  leasedUntil: string;
  /** This person has seen it: nobody else gets it. */
  shownAt?: string;
  present: boolean;
  matches: FoundMatch[];
  posted: {
    posts: number;
    accounts: number;
    isPublic?: boolean;
    first?: string;
    where?: string;
    name?: string;
  };
  near: NearCopy[];
}

interface Row {
  sha256: string;
  size: string;
  format: string | null;
  first_at: string;
  shown_at: string | null;
  leased_until: string | null;
  pdq: string | null;
  pdq_quality: number | null;
  matches: unknown[];
  posted: { [Name in keyof ReviewItem["posted"]]-?: NonNullable<ReviewItem["posted"][Name]> | null };
  present: boolean;
}

/** One file of the queue, with the near copies of it that wait too. */
export async function reviewItem(
  station: Station,
  sha256: Buffer,
  now: number,
): Promise<ReviewItem | undefined> {
  const { rows } = await station.db.pool.query<Row>(ITEM, [sha256]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const mediaType = mediaTypeOf(row.format);
  const { posts, accounts, isPublic, first, where, name } = row.posted;
  return {
    sha256: row.sha256,
    size: Number(row.size),
    ...(mediaType === undefined ? {} : { mediaType }),
    firstAt: row.first_at,
    leasedUntil: row.leased_until ?? new Date(now).toISOString(),
    ...(row.shown_at === null ? {} : { shownAt: row.shown_at }),
    present: row.present,
    matches: row.matches.map((found) => foundSchema.parse(found)),
    posted: {
      posts: posts ?? 0,
      accounts: accounts ?? 0,
      ...(isPublic === null ? {} : { isPublic }),
      ...(first === null ? {} : { first: isoFromJson(first) }),
      ...(where === null ? {} : { where }),
      ...(name === null ? {} : { name }),
    },
    near: await nearCopies(station, { sha256, pdq: row.pdq, quality: row.pdq_quality }, now),
  };
}

/** Files that wait, that nobody has in hand or has seen, and that look like this one. */
export async function nearCopies(
  station: Station,
  { sha256, pdq, quality }: { sha256: Buffer; pdq: string | null; quality: number | null },
  now: number,
): Promise<NearCopy[]> {
  if (pdq === null || (quality ?? 0) < GOOD_QUALITY) return [];
  const { rows } = await station.db.pool.query<
    Pick<Row, "sha256" | "size" | "format"> & { distance: number }
  >(NEAR, [sha256, pdq, GOOD_QUALITY, new Date(now), NEAR_BITS, MOST_NEAR]);
  return rows.map(({ sha256: hash, distance, size, format }) => {
    const mediaType = mediaTypeOf(format);
    return {
      sha256: hash,
      distance,
      size: Number(size),
      ...(mediaType === undefined ? {} : { mediaType }),
    };
  });
}
