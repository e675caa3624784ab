import type { PictureHasher } from "@fairlead/matching/node";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Station } from "../context.ts";
import type { Doorkeeper } from "../intake/index.ts";
import { bankAccountOf, mustMatch } from "./account.ts";
import type { Matcher } from "./matcher.ts";
import { lookupSchema } from "./verify.ts";

/** What the doors of this room work with. */
export interface BankDoors {
  doorkeeper: Doorkeeper;
  matcher: Matcher;
  /** Decodes what is to be hashed here; its processes are started when the first picture comes. */
  pictures: () => Promise<PictureHasher>;
}

/** A picture has 175 probes; more hashes than this are several calls. */
const MOST_LOOKUPS = 256;
const lookupBody = z.strictObject({
  signals: z.array(lookupSchema).min(1).max(MOST_LOOKUPS),
  limit: z.int().min(1).max(100).default(20).describe("the most matches for each hash"),
});

/** The door for hashes: what is known of them, by the accounts that may ask. */
export function lookupDoor(instance: FastifyInstance, station: Station, doors: BankDoors): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.post("/banks/lookup", { schema: { hide: true, body: lookupBody } }, async (request) => {
    const account = await bankAccountOf(station, request);
    mustMatch(account);
    const leave = await doors.doorkeeper.enter(account.username);
    try {
      const { signals, limit } = request.body;
      const { seq } = doors.matcher.status();
      const found = await doors.matcher.lookup(signals, limit);
      return { seq, results: found.map((each, at) => ({ signal: signals[at], ...each })) };
    } finally {
      leave();
    }
  });
}
