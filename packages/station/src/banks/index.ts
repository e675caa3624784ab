import type { FastifyInstance } from "fastify";
import type { Station } from "../context.ts";
import { type BankDoors, lookupDoor } from "./door.ts";
import { hashSharingDoor } from "./hash-sharing/door.ts";
import { hmaDoor } from "./hma/door.ts";

export { bankPage } from "./desk/bank-page.ts";
export { entryPage } from "./desk/entry-page.ts";
export { bankHash } from "./desk/hash.ts";
export { type Look, noteLook } from "./desk/look.ts";
export { bankParts } from "./desk/parts.ts";
export { bankList } from "./desk/summary.ts";
export { fetchAgain, fetchHashes } from "./exchanges/fetch.ts";
export { syncExchanges } from "./exchanges/sync.ts";
export { decideFeedback } from "./feedback/decide.ts";
export { listedReasons } from "./feedback/reasons.ts";
export { sendFeedback } from "./feedback/send.ts";
export { type AskedStanding, feedbackStandings } from "./feedback/standing.ts";
export { entryFeedback } from "./feedback/view.ts";
export { openPictures } from "./pictures.ts";
export { type ListImport, importLists } from "./import.ts";
export { type Matcher, openMatcher } from "./matcher.ts";
export { type BankSettings, bankIdSchema, bankSettingsSchema, changeBank } from "./settings.ts";
export { bankStats, type BankStats } from "./stats.ts";
export { type Lookup, lookupSchema, type Match, type Matches } from "./verify.ts";

/** The doors of this room: lookups, whole banks for those they are shared with, and HMA's interface. */
export async function bankRoutes(app: FastifyInstance, station: Station, doors: BankDoors): Promise<void> {
  lookupDoor(app, station, doors);
  await app.register(async (scope) => hashSharingDoor(scope, station, doors));
  await app.register(async (scope) => hmaDoor(scope, station, doors));
}
