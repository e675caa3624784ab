import { z } from "zod";

/** A station's stable name among its peers: lower-case words joined by hyphens, at most 64 characters. */
export const stationIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "use lower-case words joined by hyphens")
  .max(64)
  .brand<"StationId">();
export type StationId = z.infer<typeof stationIdSchema>;

/** One report as one station holds it (UUID). Every station gives its own. */
export const reportIdSchema = z.uuid().brand<"ReportId">();
export type ReportId = z.infer<typeof reportIdSchema>;

/** One piece of evidence of a report (UUID). It keeps its id from station to station. */
export const evidenceIdSchema = z.uuid().brand<"EvidenceId">();
export type EvidenceId = z.infer<typeof evidenceIdSchema>;

/** A person's place inside one report, such as `suspect-1`; it means nothing outside that report. */
export const personKeySchema = z
  .string()
  .regex(/^[a-z][a-z-]*-[0-9]+$/, "use a role and a number, such as suspect-1")
  .brand<"PersonKey">();
export type PersonKey = z.infer<typeof personKeySchema>;
