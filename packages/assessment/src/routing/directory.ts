import { holdsOn, type Agency, type Area } from "./agency.ts";

/** Agencies and areas, indexed. Build it once with `createDirectory`; it holds no state of its own. */
export interface Directory {
  /** The version of the data; it is part of every assessment that used it. */
  version: string;
  /** Day (`YYYY-MM-DD`) by which a person must have checked the data again (law 9). */
  reviewBy: string;
  agencies: ReadonlyMap<string, Agency>;
  /** `country:GB` or `uk-outcode:LS1` to the areas that were ever recorded for it. */
  areas: ReadonlyMap<string, readonly Area[]>;
}

/**
 * Indexes agencies and areas.
 * @throws Error when two agencies have one id, or a record names an agency that is not there
 */
export function createDirectory(data: {
  version: string;
  reviewBy: string;
  agencies: readonly Agency[];
  areas: readonly Area[];
}): Directory {
  const agencies = new Map<string, Agency>();
  for (const agency of data.agencies) {
    if (agencies.has(agency.id))
      throw new Error(`directory: two agencies are called "${agency.id}"; give each an id of its own`);
    agencies.set(agency.id, agency);
  }
  for (const { id, successors = [] } of data.agencies)
    for (const successor of successors)
      if (!agencies.has(successor))
        throw new Error(
          `directory: "${id}" names the successor "${successor}", which is not in the directory; add it`,
        );
  const areas = new Map<string, Area[]>();
  for (const area of data.areas) {
    if (!agencies.has(area.agency))
      throw new Error(
        `directory: the area ${area.kind} ${area.value} names "${area.agency}", which is not in the directory`,
      );
    const key = areaKey(area.kind, area.value);
    const held = areas.get(key);
    if (held === undefined) areas.set(key, [area]);
    else held.push(area);
  }
  return { version: data.version, reviewBy: data.reviewBy, agencies, areas };
}

function areaKey(kind: Area["kind"], value: string): string {
  return `${kind}:${value}`;
}

export type Found =
  | { kind: "found"; agency: Agency; area: Area; succeeded: string[] }
  /** The work went to several agencies, and nothing says which of them has this place: a person decides. */
  | { kind: "split"; agency: Agency; area: Area; agencies: Agency[]; succeeded: string[] }
  | { kind: "ended"; agency: Agency; area: Area }
  | { kind: "unknown" };

/**
 * Who answers for a place, or for a subject's role, on a day. Follows successors; an agency that ended without one answers for
 * nothing.
 * @param day `YYYY-MM-DD`
 * @returns the agency with the ids of those it succeeded, newest area first when several hold
 */
export function agencyFor(directory: Directory, kind: Area["kind"], value: string, day: string): Found {
  let area: Area | undefined;
  for (const each of directory.areas.get(areaKey(kind, value)) ?? [])
    if (holdsOn(each, day) && (area === undefined || (area.from ?? "") < (each.from ?? ""))) area = each;
  const agency = area === undefined ? undefined : directory.agencies.get(area.agency);
  if (area === undefined || agency === undefined) return { kind: "unknown" };
  const at = agencyAt(directory, agency.id, day);
  if (at.kind === "current") return { kind: "found", agency: at.agency, area, succeeded: at.past };
  if (at.kind === "split") return { kind: "split", agency, area, agencies: at.agencies, succeeded: at.past };
  return { kind: "ended", agency, area };
}

/** Who does an agency's work on a day. `past` are those whose work it was before, oldest first. */
export type AgencyAt =
  | { kind: "current"; agency: Agency; past: string[] }
  | { kind: "split"; agencies: Agency[]; past: string[] }
  /** It has ended, or not begun, and nobody on file has its work. */
  | { kind: "nobody"; past: string[] };

/**
 * Who does the work of an agency on a day: itself, or whoever its successors lead to, over as many mergers and splits as the record
 * has. Where a line ends at nobody while another goes on, somebody's work is not accounted for, and that is a split too.
 * @param id of an agency of the directory; an unknown id is nobody
 * @param day `YYYY-MM-DD`
 */
export function agencyAt(directory: Directory, id: string, day: string): AgencyAt {
  const start = directory.agencies.get(id);
  if (start !== undefined && holdsOn(start, day)) return { kind: "current", agency: start, past: [] };
  const past: string[] = [];
  const current: Agency[] = [];
  let lost = false;
  // Each agency is looked at once, so a record that returns to one that it has left comes to an end.
  const seen = new Set([id]);
  for (const each of seen) {
    const agency = directory.agencies.get(each);
    if (agency === undefined) lost = true;
    else if (holdsOn(agency, day)) current.push(agency);
    else {
      past.push(agency.id);
      const heirs = agency.to !== undefined && agency.to <= day ? (agency.successors ?? []) : [];
      if (heirs.length === 0 || heirs.includes(agency.id)) lost = true;
      for (const heir of heirs) seen.add(heir);
    }
  }
  const [only] = current;
  if (only === undefined) return { kind: "nobody", past };
  if (current.length > 1 || lost) return { kind: "split", agencies: current, past };
  return { kind: "current", agency: only, past };
}
