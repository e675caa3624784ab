import type { LinkView } from "../api/shapes.ts";

/** Another report, with everything that links it to this one. */
export interface LinkedReport {
  report: string;
  number: string;
  status: string;
  tier: LinkView["tier"];
  /** By strong links these are the same person's; the others only suggest (agency.md 6.3). */
  isSamePerson: boolean;
  links: LinkView[];
}

/** One line a report, however many edges lead to it, in the order in which the station gave them. */
export function linkedReports(links: readonly LinkView[]): LinkedReport[] {
  return [...Map.groupBy(links, ({ report }) => report).values()].flatMap((edges) => {
    const [first] = edges;
    if (first === undefined) return [];
    const { report, number, status, tier } = first;
    return [
      {
        report,
        number,
        status,
        tier,
        isSamePerson: edges.some(({ strength }) => strength === "strong"),
        links: edges,
      },
    ];
  });
}
