import type { Identifier, IdentifierKind } from "@fairlead/report";
import { networkDeviceNumber } from "./device-number.ts";
import type { KeyKind, Strength } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";
import { isBlank, isDisposable, isPlaceholderEmail, isPlaceholderPhone } from "./placeholder.ts";

/** What one identifier can link by. */
export interface KeyOf {
  kind: KeyKind;
  value: string;
  strength: Strength;
  why: string;
}

/** An account within its platform: two platforms may well use one id. */
export function accountValue(platform: string, id: string): string {
  // A lone surrogate would make encodeURIComponent throw.
  return `${encodeURIComponent(platform.toWellFormed())}/${id.toWellFormed()}`;
}

/** The key of an identifier (agency.md 6.2, 6.3). */
export function identifierKey(item: Identifier, rules: LinkRules): KeyOf {
  const key = KEYS[item.kind](item, rules);
  return isBlank(item.value) ? never(key) : key;
}

const KEYS: Readonly<Record<IdentifierKind, (item: Identifier, rules: LinkRules) => KeyOf>> = {
  account: onPlatform("account", "strong", "the same account on the same platform"),
  "screen-name": onPlatform("user-name", "medium", "the same user name on the same platform"),
  group: onPlatform("group", "medium", "the same group"),
  "display-name": ({ value }) => ({
    kind: "display-name",
    value,
    strength: "weak",
    why: "the same display name",
  }),
  "profile-url": ({ value, normalised }) => ({
    kind: "profile",
    value,
    strength: normalised ? "medium" : "weak",
    why: "the same profile page",
  }),
  phone: phoneKey,
  email: emailKey,
  device: ({ label, raw }) => deviceKey(label, raw),
  payment: ({ label, platform, value }) => {
    const issuer = label ?? platform;
    return issuer === undefined
      ? { kind: "payment", value, strength: "medium", why: "a means of payment without its issuer" }
      : {
          kind: "payment",
          value: accountValue(issuer, value),
          strength: "strong",
          why: "the same means of payment",
        };
  },
};

/** Names that mean something only where they live. */
function onPlatform(kind: KeyKind, strength: Strength, why: string): (item: Identifier) => KeyOf {
  return ({ platform, value }) =>
    platform === undefined
      ? {
          kind,
          value,
          strength: "weak",
          why: `${why.replace("on the same platform", "").trim()}, platform not known`,
        }
      : { kind, value: accountValue(platform, value), strength, why };
}

function never(key: Omit<KeyOf, "strength" | "why">): KeyOf {
  return { ...key, strength: "never", why: "a placeholder names nobody" };
}

/** The key of a device number. Only IMEI and ICCID name one device or SIM card for good; others can be reset. */
export function deviceKey(label: string | undefined, raw: string): KeyOf {
  const number = networkDeviceNumber(label, raw);
  if (number !== undefined)
    return {
      kind: number.kind,
      value: number.digits,
      strength: "strong",
      why: `the same ${number.kind.toUpperCase()}`,
    };
  const value = `${(label ?? "").toLowerCase()}/${raw.toLowerCase().replaceAll(/[\s:-]/g, "")}`;
  if (isBlank(raw)) return { kind: "device", value, strength: "never", why: "a placeholder names nobody" };
  return /IMEI|ICCID/i.test(label ?? "")
    ? { kind: "device", value, strength: "weak", why: "a device number whose check digit is wrong" }
    : { kind: "device", value, strength: "medium", why: "the same device number, which its user can reset" };
}

function phoneKey(item: Identifier): KeyOf {
  const key = { kind: "phone" as const, value: item.value };
  if (isPlaceholderPhone(item.value)) return never(key);
  if (!item.normalised) return { ...key, strength: "weak", why: "a telephone number that could not be read" };
  return item.verified === "yes"
    ? { ...key, strength: "strong", why: "the same verified telephone number" }
    : { ...key, strength: "medium", why: "the same telephone number, not known to be verified" };
}

function emailKey(item: Identifier, rules: LinkRules): KeyOf {
  const key = { kind: "email" as const, value: item.value };
  if (isPlaceholderEmail(item.value)) return never(key);
  if (isDisposable(item.value, rules.disposableDomains))
    return { ...key, strength: "never", why: "a throw-away mail box" };
  if (!item.normalised) return { ...key, strength: "weak", why: "an e-mail address that could not be read" };
  return item.verified === "yes"
    ? { ...key, strength: "strong", why: "the same verified e-mail address" }
    : { ...key, strength: "medium", why: "the same e-mail address, not known to be verified" };
}
