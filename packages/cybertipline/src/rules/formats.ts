/** Forms of single values that the schema takes for plain text. */
import type { RuleMode } from "./options.ts";

// oxlint-disable-next-line no-control-regex -- control characters are what this expression is about
const SPACE_OR_CONTROL = /[\s\u0000-\u001F\u007F-\u009F]/;

/**
 * NCMEC says "valid URL", but takes host names without a scheme; what it was seen to refuse is white space and control
 * characters. So lenient refuses these only, and strict wants an absolute URL.
 *
 * @returns what is wrong, or undefined.
 */
export function urlFault(text: string, mode: RuleMode): string | undefined {
  if (SPACE_OR_CONTROL.test(text)) return "The URL holds white space or control characters.";
  if (mode === "strict" && !URL.canParse(text)) return "This is no absolute URL.";
  return undefined;
}

const LONGEST_LOCAL_PART = 64;
/** RFC 5321, section 4.5.3.1.2 and RFC 1035, section 2.3.4. */
const LONGEST_DOMAIN = 255;
const LONGEST_LABEL = 63;

/** RFC 5322 `dot-atom` with the letters beyond ASCII of RFC 6531, or a quoted string. */
const ATOM = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+$/u;
// oxlint-disable-next-line no-control-regex -- control characters are what this expression is about
const QUOTED = /^"(?:[^"\\\u0000-\u001F\u007F]|\\[^\u0000-\u001F\u007F])+"$/u;
const LABEL = /^[\p{L}\p{N}\p{M}-]+$/u;

function isDomain(domain: string, mode: RuleMode): boolean {
  if (/^\[[0-9a-zA-Z:.]+\]$/.test(domain)) return true;
  const labels = domain.split(".");
  const wellFormed = labels.every(
    (label) =>
      LABEL.test(label) && label.length <= LONGEST_LABEL && !label.startsWith("-") && !label.endsWith("-"),
  );
  // A name without a dot is a host on someone's own network: valid mail, but no address that anyone else can follow.
  return wellFormed && domain.length <= LONGEST_DOMAIN && (mode === "lenient" || labels.length > 1);
}

/** @returns what is wrong with an e-mail address, or undefined. */
export function emailFault(text: string, mode: RuleMode): string | undefined {
  const at = text.lastIndexOf("@");
  if (at < 1) return "This is no e-mail address: it has no local part before an @.";
  const local = text.slice(0, at);
  // A character is at most two UTF-16 units: a text of more is too long without counting.
  if (local.length > 2 * LONGEST_LOCAL_PART || Array.from(local).length > LONGEST_LOCAL_PART) {
    return `The part before the @ is longer than ${String(LONGEST_LOCAL_PART)} characters.`;
  }
  if (!QUOTED.test(local) && !local.split(".").every((atom) => ATOM.test(atom))) {
    return "The part before the @ is not well-formed.";
  }
  return isDomain(text.slice(at + 1), mode) ? undefined : "The part after the @ is no domain name.";
}
