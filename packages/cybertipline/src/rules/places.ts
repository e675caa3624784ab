/** Rules on estimated locations and coordinates. */
import type { EstimatedLocation } from "../document/common.ts";
import { US_STATE_CODES } from "../schema/places.ts";
import { type RuleContext, broken } from "./options.ts";

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

export function checkEstimatedLocation(
  location: EstimatedLocation | undefined,
  path: string,
  context: RuleContext,
): void {
  if (location === undefined) return;
  const { city, region = "", countryCode } = location;
  if (isBlank(countryCode)) {
    broken(
      context,
      "rule.location",
      `${path}/countryCode`,
      "The estimated location names no country.",
      "Add the countryCode, or leave the whole estimatedLocation out.",
    );
    return;
  }
  if (countryCode !== "US") return;
  if (isBlank(region)) {
    if (isBlank(city)) return;
    broken(
      context,
      "rule.location",
      `${path}/region`,
      "The estimated location names a city of the United States without its state.",
      "Add the region: the two-letter code of the state.",
    );
  } else if (!US_STATE_CODES.has(region)) {
    broken(
      context,
      "rule.location",
      `${path}/region`,
      "The region is not the code of a state of the United States.",
      "Send the two-letter code of the state, such as NY.",
    );
  }
}

/** NCMEC was seen to take a latitude of -123, so only strict asks whether there is such a place. */
export function checkCoordinate(
  text: string | undefined,
  limit: number,
  path: string,
  context: RuleContext,
): void {
  if (text === undefined) return;
  const value = Number(text);
  const outside = context.options.mode === "strict" && Math.abs(value) > limit;
  if (Number.isFinite(value) && !outside) return;
  broken(
    context,
    "rule.coordinate",
    path,
    "There is no such coordinate.",
    `Send decimal degrees from -${String(limit)} to ${String(limit)}.`,
  );
}
