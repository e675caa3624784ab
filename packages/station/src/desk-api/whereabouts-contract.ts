import { ROUTE_BASES } from "@fairlead/assessment";
import { z } from "zod";

const country = z.string().describe("ISO 3166-1 alpha-2");

/** Where the person behind a report is, as far as anybody has said, and who takes it from there. */
export const whereaboutsSchema = z.object({
  basis: z
    .enum(ROUTE_BASES)
    .describe("how it is known, from firmest to loosest; geolocation tells a country and no more"),
  countries: z.array(country).describe("several where the places disagree; none where nobody has said"),
  home: country.optional().describe("this station's own country, where it has one"),
  abroad: z.array(country).describe("those of the countries that are not this station's own"),
  agency: z
    .object({ id: z.string(), name: z.string() })
    .optional()
    .describe("who answers for the place: a force for an address, a national agency for a country"),
  provisional: z.boolean().describe("it rests on a hint, not on a resolved address"),
  takers: z
    .array(z.object({ peer: z.string(), name: z.string(), countries: z.array(country) }))
    .describe("stations abroad that take in reports of these countries"),
  unserved: z.array(country).describe("those abroad whose reports no station that this one knows takes in"),
  decides: z
    .object({ name: z.string(), here: z.boolean().describe("it is this station") })
    .optional()
    .describe("who decides about what lies abroad, where this station cannot send it there"),
  reasons: z.array(z.string()),
});
export type WhereaboutsView = z.infer<typeof whereaboutsSchema>;
