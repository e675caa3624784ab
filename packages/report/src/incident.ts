import { z } from "zod";
import { eventSchema } from "./event.ts";
import { momentSchema } from "./moment.ts";
import { placeSchema } from "./place.ts";

/** What the sender says happened. The names are ours; every wire maps its own list onto them. */
export const incidentTypeSchema = z.enum([
  "abuse-material",
  "trafficking",
  "travel",
  "contact-abuse",
  "misleading-domain",
  "misleading-words",
  "enticement",
  "obscene-to-child",
]);
export type IncidentType = z.infer<typeof incidentTypeSchema>;

/** Where it happened, by kind of service. */
export const channelSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("web-page"),
    urls: z.array(z.string().max(2083)).max(1000),
    thirdPartyHosted: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal("email"), addresses: z.array(z.string().max(255)).max(1000) }),
  z.strictObject({
    kind: z.literal("newsgroup"),
    name: z.string().max(255).optional(),
    addresses: z.array(z.string().max(255)).max(1000),
  }),
  z.strictObject({
    kind: z.literal("chat"),
    client: z.string().max(255).optional(),
    room: z.string().max(255).optional(),
  }),
  z.strictObject({
    kind: z.literal("game"),
    game: z.string().max(255).optional(),
    console: z.string().max(255).optional(),
  }),
  z.strictObject({
    kind: z.literal("mobile"),
    phone: z.string().max(50).optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal("offline"),
    location: z.string().max(255).optional(),
    places: z.array(placeSchema).max(100),
  }),
  z.strictObject({
    kind: z.literal("peer-to-peer"),
    client: z.string().max(255).optional(),
    fileNames: z.string().max(65_536).optional(),
    events: z.array(eventSchema).max(10_000),
  }),
]);
export type Channel = z.infer<typeof channelSchema>;

export const incidentSchema = z.strictObject({
  type: incidentTypeSchema,
  occurred: momentSchema,
  /** What the sender means by that time (first seen, uploaded, reported …), in its words. */
  occurredMeaning: z.string().max(3000).optional(),
  platform: z.string().max(256).optional(),
  channel: channelSchema.optional(),
});
export type Incident = z.infer<typeof incidentSchema>;
