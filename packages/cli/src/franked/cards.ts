import { readFile } from "node:fs/promises";
import { parseProviderCard, type ProviderCard } from "@fairlead/franking/verify";
import { StationError } from "@fairlead/station";

/**
 * Reads providers' cards.
 * @throws StationError `request.invalid` for a file that is no JSON; FrankingError `attestation.card`
 */
export async function readCards(paths: readonly string[]): Promise<ProviderCard[]> {
  return await Promise.all(paths.map(async (path) => parseProviderCard(await readJson(path))));
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StationError("request.invalid", `${path} is not JSON, so it is no provider's card.`, {
      remedy: "Ask the provider for its card (provider-card.json) again.",
      cause,
    });
  }
}
