import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { IDENTIFIER_LIMIT, type Identifier, type IdentifierKind } from "./identifier.ts";

/** What a normaliser knows beside the text. */
export interface NormaliseContext {
  /** Where the handle lives; account names mean something only there. */
  platform?: string | undefined;
  /** ISO 3166-1 alpha-2 hint for phone numbers without a calling code. */
  region?: string | undefined;
  verified?: Identifier["verified"] | undefined;
  verifiedAt?: Identifier["verifiedAt"] | undefined;
  label?: string | undefined;
}

/** Handles that people and systems type when they have none; they name nobody (agency.md 6.2). */
const PLACEHOLDERS = new Set([
  "unknown",
  "none",
  "null",
  "undefined",
  "n/a",
  "na",
  "test",
  "-",
  "0",
  "anonymous",
  "deleted",
]);

/** Providers that ignore dots, and those that ignore what follows a plus sign, in the local part. */
const DOTLESS_DOMAINS = new Set(["gmail.com", "googlemail.com"]);

/**
 * Makes an identifier from text as sent. The raw text is always kept.
 * @returns the identifier, or `undefined` for a placeholder such as "unknown", which names nobody
 */
export function identifier(
  kind: IdentifierKind,
  raw: string,
  context: NormaliseContext = {},
): Identifier | undefined {
  const text = raw.normalize("NFKC").trim();
  if (text === "" || PLACEHOLDERS.has(text.toLowerCase())) return undefined;
  const value = NORMALISERS[kind](text, context);
  const usable = value !== undefined && value !== "" && value.length <= IDENTIFIER_LIMIT;
  return {
    kind,
    // NFKC can make one character eighteen, so a text that fits may have a form that does not.
    value: usable ? value : text.length <= IDENTIFIER_LIMIT ? text : raw,
    raw,
    normalised: usable,
    verified: context.verified ?? "unknown",
    ...(context.platform === undefined ? {} : { platform: platformKey(context.platform) }),
    ...(context.verifiedAt === undefined ? {} : { verifiedAt: context.verifiedAt }),
    ...(context.label === undefined ? {} : { label: context.label }),
  };
}

/** One spelling for a platform's name, so that "Example Chat" and "example  chat" are one place. */
export function platformKey(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase().replaceAll(/\s+/g, " ");
}

const NORMALISERS: Record<IdentifierKind, (text: string, context: NormaliseContext) => string | undefined> = {
  // Account ids are the platform's own keys: two that differ in case are two accounts until it says otherwise.
  account: (text) => text,
  "screen-name": (text) => text.toLowerCase(),
  "display-name": (text) => text.toLowerCase().replaceAll(/\s+/g, " "),
  "profile-url": normaliseUrl,
  phone: (text, context) => normalisePhone(text, context.region),
  email: normaliseEmail,
  device: (text) => text.toLowerCase().replaceAll(/[\s:-]/g, ""),
  payment: (text) => text,
  group: (text) => text,
};

function normalisePhone(text: string, region: string | undefined): string | undefined {
  const parsed = parsePhoneNumberFromString(text, region as CountryCode | undefined);
  return parsed?.isPossible() === true ? parsed.number : undefined;
}

function normaliseEmail(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  if (at < 1 || /[\s@]/.test(text.slice(0, at))) return undefined;
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === undefined) return undefined;
  const local = text.slice(0, at).toLowerCase();
  if (!DOTLESS_DOMAINS.has(domain)) return `${local}@${domain}`;
  const canonical = (local.split("+")[0] ?? local).replaceAll(".", "");
  return canonical === "" ? undefined : `${canonical}@gmail.com`;
}

/**
 * The ASCII form (IDNA) of a domain. URL is the parser, so what only a URL gives a meaning to is refused first: "\\" ends its
 * host, "%" decodes and white space vanishes, each of which would make two mailboxes one.
 */
function asciiDomain(domain: string): string | undefined {
  if (/[^\p{L}\p{M}\p{N}.\u3002_-]/u.test(domain)) return undefined;
  try {
    const hostname = new URL(`http://${domain}`).hostname.replace(/\.$/, "");
    // URL reads a numeric host as an IPv4 address ("1" as 0.0.0.1); a mail domain is a name, made of labels.
    return /^[\d.]*$/.test(hostname) || hostname.split(".").includes("") ? undefined : hostname;
  } catch {
    return undefined;
  }
}

function normaliseUrl(text: string): string | undefined {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    return url.host === "" ? undefined : `${url.host}${url.pathname.replace(/\/+$/, "")}${url.search}`;
  } catch {
    return undefined;
  }
}
