import { z } from "zod";
import { momentSchema } from "./moment.ts";

/** What an account or device did at that moment. Upload and send prove more than login (agency.md 4.1). */
export const eventKindSchema = z.enum([
  "upload",
  "send",
  "login",
  "registration",
  "purchase",
  "other",
  "unknown",
]);
export type EventKind = z.infer<typeof eventKindSchema>;

/** An IP address as stated and in canonical form; a text that is no address keeps only `raw`. */
export const ipSchema = z.strictObject({
  raw: z.string().min(1).max(64),
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
});

/** Something that happened at a time, from an address or on a device. */
export const eventSchema = z.strictObject({
  kind: eventKindSchema,
  moment: momentSchema.optional(),
  ip: ipSchema.optional(),
  /** Source port (1-65535): behind a carrier's shared address only address, port and second together name a subscriber. */
  port: z.int().min(1).max(65_535).optional(),
  /** The sender's own statement that the address may be a proxy; absent is unknown. */
  possibleProxy: z.boolean().optional(),
  device: z.strictObject({ kind: z.string().min(1).max(255), value: z.string().min(1).max(2083) }).optional(),
});
export type Event = z.infer<typeof eventSchema>;
