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
  for (const { id, successor } of data.agencies)
    if (successor !== undefined && !agencies.has(successor))
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
  | { kind: "ended"; agency: Agency; area: Area }
  | { kind: "unknown" };

/**
 * Who answers for a place on a day. Follows successors; an agency that ended without one answers for nothing.
 * @param day `YYYY-MM-DD`
 * @returns the agency with the ids of those it succeeded, newest area first when several hold
 */
export function agencyFor(directory: Directory, kind: Area["kind"], value: string, day: string): Found {
  const areas = (directory.areas.get(areaKey(kind, value)) ?? []).filter((area) => holdsOn(area, day));
  const area = [...areas].sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? 1 : -1))[0];
  if (area === undefined) return { kind: "unknown" };
  const agency = directory.agencies.get(area.agency);
  if (agency === undefined) return { kind: "unknown" };
  const followed = successorOf(directory, agency, day);
  return followed.current === undefined
    ? { kind: "ended", agency, area }
    : { kind: "found", agency: followed.current, area, succeeded: followed.past };
}

/** The agency that does this one's work on a day: itself, or the end of its chain of successors. */
export function successorOf(
  directory: Directory,
  agency: Agency,
  day: string,
): { current: Agency | undefined; past: string[] } {
  const past: string[] = [];
  let current: Agency | undefined = agency;
  while (current !== undefined && !holdsOn(current, day)) {
    // A successor chain that returns to an agency it has left would never end.
    if (past.includes(current.id)) return { current: undefined, past };
    past.push(current.id);
    const ended: boolean = current.to !== undefined && current.to <= day;
    current =
      ended && current.successor !== undefined ? directory.agencies.get(current.successor) : undefined;
  }
  return { current, past };
}
