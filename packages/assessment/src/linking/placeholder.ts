/** Local parts that a system or nobody in particular answers to. */
const NOBODYS_MAIL = new Set([
  "noreply",
  "no-reply",
  "donotreply",
  "postmaster",
  "abuse",
  "test",
  "none",
  "unknown",
  "nobody",
  "null",
]);

/** Whether a telephone number is one that people type when they have none: all one digit, or a run of digits. */
export function isPlaceholderPhone(value: string): boolean {
  const tail = value.replaceAll(/\D/g, "").slice(-7);
  return (
    tail.length < 5 || /^(\d)\1*$/.test(tail) || "01234567890".includes(tail) || "09876543210".includes(tail)
  );
}

/** Whether a mail address names nobody. */
export function isPlaceholderEmail(value: string): boolean {
  return NOBODYS_MAIL.has(value.slice(0, value.lastIndexOf("@")).toLowerCase());
}

/** Whether a mail address is at a provider of throw-away or shared boxes, or at a subdomain of one. */
export function isDisposable(value: string, domains: readonly string[]): boolean {
  const domain = value.slice(value.lastIndexOf("@") + 1).toLowerCase();
  return domains.some((each) => domain === each || domain.endsWith(`.${each}`));
}

/** Whether a handle or number is made of one repeated character: a default, a blank, a test. */
export function isBlank(value: string): boolean {
  // Most handles begin with two characters that differ and separate nothing, which settles it.
  if (/^[\da-z]{2}/i.test(value) && value[0] !== value[1]) return false;
  return /^(.)\1*$/s.test(value.replaceAll(/[\s.:_-]/g, "")) || value.trim() === "";
}
