import { killAtRandom } from "../../src/testing/crash/random-kills.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

const KILLS = 1000;

/** Stations and PostgreSQL are killed at random while senders at every door go on sending. */
export async function kills(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld(doorsNamed(options.door), options.seed);
  const { seed, seconds, say } = options;
  const result = await killAtRandom(world, { kills: options.kills ?? KILLS, seed, seconds, say });
  const { held, ...figures } = result;
  return {
    held,
    figures,
    summary:
      `${figures.kills} kills (${figures.databaseKills} of PostgreSQL) while ${figures.acknowledged} reports were acknowledged: ` +
      `lost ${figures.lost}, doubled ${figures.doubled}.`,
  };
}
