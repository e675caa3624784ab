import { platformKey, type Identifier, type Report } from "@fairlead/report";
import { networkDeviceNumber } from "../linking/device-number.ts";
import { isBlank, isPlaceholderEmail, isPlaceholderPhone } from "../linking/placeholder.ts";
import type { Interest, InterestKind, InterestRole } from "./token.ts";

/** What is never asked about, from the station's own records. */
export interface AskingRules {
  /** Values on a never-link list: throw-away mail, placeholders, a platform's own mailbox. */
  isListed: (interest: Interest) => boolean;
  /** How many different persons of this station's reports have the value. */
  holders: (interest: Interest) => number;
  /** A value that more persons than this have is nobody's; to ask about it is to ask about all of them. */
  mostHolders: number;
}

/** Why an identifier is not asked about. */
export type NotAsked =
  | "kind"
  | "not-normalised"
  | "unverified"
  | "no-platform"
  | "role"
  | "listed"
  | "common";

/**
 * The interests of a report that may be asked about: of suspects and victims, values that name one person (agency.md 6.3, strong),
 * not on a list and not common.
 */
export function interestsOf(report: Report, rules: AskingRules): Interest[] {
  const found = new Map<string, Interest>();
  for (const { role, identifiers } of report.persons)
    for (const item of identifiers) {
      const interest = interestOf(role, item, rules);
      if (typeof interest !== "string") found.set(JSON.stringify(interest), interest);
    }
  return [...found.values()];
}

/** One identifier as an interest, or why it is none. */
export function interestOf(role: string, item: Identifier, rules: AskingRules): Interest | NotAsked {
  if (role !== "suspect" && role !== "victim") return "role";
  const interest = plainInterest(role, item);
  if (typeof interest === "string") return interest;
  if (isNobodys(interest) || rules.isListed(interest)) return "listed";
  return rules.holders(interest) > rules.mostHolders ? "common" : interest;
}

/** What people and systems write when they have nothing; it needs no list. */
function isNobodys({ kind, value }: Interest): boolean {
  if (kind === "phone") return isPlaceholderPhone(value);
  return kind === "email" ? isPlaceholderEmail(value) : isBlank(value);
}

const KINDS: ReadonlySet<string> = new Set<InterestKind>(["account", "phone", "email", "device", "payment"]);

function plainInterest(role: InterestRole, item: Identifier): Interest | NotAsked {
  if (!KINDS.has(item.kind)) return "kind";
  if (!item.normalised) return "not-normalised";
  const kind = item.kind as InterestKind;
  if ((kind === "phone" || kind === "email") && item.verified !== "yes") return "unverified";
  if (kind === "device") {
    const number = networkDeviceNumber(item.label, item.raw);
    return number === undefined ? "not-normalised" : { kind, role, value: number.digits };
  }
  if (kind !== "account" && kind !== "payment") return { kind, role, value: item.value };
  // An account number means something on its own platform only, and a card's token with its processor.
  const where = item.platform ?? (kind === "payment" ? item.label : undefined);
  return where === undefined
    ? "no-platform"
    : { kind, role, value: item.value, platform: platformKey(where) };
}
