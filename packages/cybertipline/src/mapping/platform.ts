import { type Sender, platformKey } from "@fairlead/report";

/** Characters of a handle's platform, by the report's schema. */
const LONGEST_PLATFORM = 256;

/** A platform's name, if handles can carry it. */
export function usablePlatform(name: string | undefined): string | undefined {
  if (name === undefined || name.trim() === "") return undefined;
  return platformKey(name).length <= LONGEST_PLATFORM ? name : undefined;
}

/**
 * Where the handles of a report live: the platform that the incident names, else the platform that sent the report. Both
 * directions decide by this.
 */
export function handlesPlatform(incident: string | undefined, sender: Sender): string | undefined {
  return usablePlatform(incident) ?? (sender.kind === "platform" ? usablePlatform(sender.name) : undefined);
}
