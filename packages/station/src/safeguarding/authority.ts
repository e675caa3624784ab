import { holdsOn } from "@fairlead/assessment";
import { stationIdSchema } from "@fairlead/report";
import { z } from "zod";

const day = z.iso.date();

/** How a person reaches an authority. The station itself sends nothing there: a person tells them and writes down who took it. */
export const contactSchema = z
  .strictObject({
    telephone: z.string().min(3).max(40).optional(),
    outOfHours: z.string().min(3).max(40).optional().describe("telephone when the first is not answered"),
    portal: z.url({ protocol: /^https?$/ }).optional(),
    email: z.email().optional(),
    note: z.string().min(1).max(500).optional().describe("opening hours, who to ask for"),
  })
  .refine(({ telephone, portal, email }) => (telephone ?? portal ?? email) !== undefined, {
    message: "names no way to reach them: give telephone, portal or email",
  });
export type AuthorityContact = z.infer<typeof contactSchema>;

/** A safeguarding authority of an area, such as a council's front door for children. */
export const authoritySchema = z
  .strictObject({
    id: stationIdSchema,
    name: z.string().min(1).max(255),
    /** Ids of agencies of the directory whose area it answers for, or countries (ISO 3166-1 alpha-2) for everywhere in them. */
    areas: z.array(z.string().min(1).max(64)).min(1),
    contact: contactSchema,
    /** First day on which it is the one to tell. */
    validFrom: day.optional(),
    /** First day on which it no longer is. */
    validTo: day.optional(),
  })
  .refine(
    ({ validFrom, validTo }) => validFrom === undefined || validTo === undefined || validFrom < validTo,
    {
      path: ["validTo"],
      message: "is not after validFrom",
    },
  );
export type Authority = z.infer<typeof authoritySchema>;

/** Authorities are dated records: a merged one keeps its old record under the same id, if the days do not overlap. */
export const safeguardingConfigSchema = z.strictObject({
  authorities: z
    .array(authoritySchema)
    .default([])
    .refine((authorities) => overlapping(authorities) === undefined, {
      error: (issue) =>
        `two records of ${overlapping(issue.input as Authority[]) ?? "one authority"} hold on the same day`,
    }),
});

function overlapping(authorities: readonly Authority[]): string | undefined {
  return authorities.find((one, index) =>
    authorities.slice(index + 1).some((other) => one.id === other.id && meet(one, other)),
  )?.id;
}

function meet(a: Authority, b: Authority): boolean {
  const startsBefore = (one: Authority, other: Authority) =>
    one.validFrom === undefined || other.validTo === undefined || one.validFrom < other.validTo;
  return startsBefore(a, b) && startsBefore(b, a);
}

/** An authority that can be told today, and how well it fits the child's place. */
export interface AuthorityChoice {
  authority: Authority;
  /** `area`: it answers for the area that the child's place leads to. `country`: for the whole country. `other`: by a person's choice. */
  fit: "area" | "country" | "other";
}

const FITS = ["area", "country", "other"] as const;

/**
 * Authorities that hold on a day, the fitting ones first. All are offered: a child's place is the sender's word, and a person decides.
 * @param area where safeguardingOf says that the child is
 * @param day `YYYY-MM-DD`
 */
export function authoritiesFor(
  authorities: readonly Authority[],
  area: { agency?: { id: string } | undefined; country?: string | undefined },
  day: string,
): AuthorityChoice[] {
  return authorities
    .filter(({ validFrom, validTo }) =>
      holdsOn(
        {
          ...(validFrom === undefined ? {} : { from: validFrom }),
          ...(validTo === undefined ? {} : { to: validTo }),
        },
        day,
      ),
    )
    .map((authority) => ({ authority, fit: fitOf(authority, area) }))
    .toSorted((a, b) => FITS.indexOf(a.fit) - FITS.indexOf(b.fit));
}

function fitOf(
  { areas }: Authority,
  { agency, country }: { agency?: { id: string } | undefined; country?: string | undefined },
): AuthorityChoice["fit"] {
  if (agency !== undefined && areas.includes(agency.id)) return "area";
  return country !== undefined && areas.includes(country) ? "country" : "other";
}
