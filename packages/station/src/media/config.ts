import { stationIdSchema } from "@fairlead/report";
import { z } from "zod";

/** How a platform's station takes in what is posted on the platform, and how its people look at what matched. */
export const mediaConfigSchema = z.strictObject({
  /** Accounts of `senders` that may post media to be matched. */
  accounts: z
    .array(
      z.strictObject({
        username: z.string().min(1).max(64),
        /** The most files an hour, as agreed with it; without it fair turns alone hold it. */
        filesPerHour: z.number().positive().max(36_000_000).optional(),
      }),
    )
    .min(1),
  /** Whether pictures are also looked for by the probes of deep hashing, such as turned copies, which costs more for each. */
  deep: z.boolean().default(false),
  /**
   * Whether JPEGs are hashed from their coefficients, several times as fast and a few bits off. Such a hash is looked for and is put
   * in no report. `deep` needs the pixels all the same.
   */
  quick: z.boolean().default(false),
  /** The most that files in decoding, or on their way in, take of the memory; the largest that is decoded takes 64. Beyond it, posts hear 503. */
  holdMebibytes: z.int().min(64).max(65_536).default(512),
  /** The peer with which a reviewer's decision files; without it a person refers the report that was made. */
  fileWith: stationIdSchema.optional(),
  /** How long posts of one matter are gathered before a report is made of them. */
  gatherSeconds: z.int().min(0).max(86_400).default(60),
  /** How long a report waits for files of its matter that nobody has looked at yet. */
  waitMinutes: z.int().min(0).max(10_080).default(60),
  review: z
    .strictObject({
      /** Work without a pause after which the station gives out nothing more, and how long the pause is. */
      breakAfterMinutes: z.int().min(1).max(50).default(50),
      breakMinutes: z.int().min(5).max(120).default(10),
      /** The most that one person sees without a veil on one day. */
      minutesADay: z.int().min(1).max(300).default(300),
    })
    .default({ breakAfterMinutes: 50, breakMinutes: 10, minutesADay: 300 }),
});
export type MediaConfig = z.infer<typeof mediaConfigSchema>;
