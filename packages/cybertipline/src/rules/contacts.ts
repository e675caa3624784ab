/** Rules on telephone numbers, e-mail addresses and the claim that they were verified. */
import type { Email, Phone } from "../document/common.ts";
import { type RuleContext, broken } from "./options.ts";

function checkVerification(contact: Phone | Email, path: string, context: RuleContext): void {
  if (contact.verificationDate === undefined || contact.verified === true) return;
  broken(
    context,
    "rule.verification",
    `${path}/@verified`,
    "A verificationDate is given, but not that the contact was verified.",
    'Add verified="true", or leave the verificationDate out.',
  );
}

/**
 * A calling code in both places would be dialled twice. `00` is the other way to write `+`. Bare digits are no proof:
 * numbers of Kazakhstan start with 7 behind the calling code +7.
 */
function repeatsCallingCode(number: string, callingCode: string): boolean {
  return number.trimStart().replace(/^00/, "+").startsWith(callingCode);
}

export function checkPhone(phone: Phone, path: string, context: RuleContext): void {
  checkVerification(phone, path, context);
  const { countryCallingCode, value } = phone;
  if (countryCallingCode === undefined || !repeatsCallingCode(value, countryCallingCode)) return;
  broken(
    context,
    "rule.phone",
    path,
    `The number starts with the calling code ${countryCallingCode} that its attribute gives already.`,
    "Send the number without the calling code, or leave the attribute out.",
  );
}

export function checkContacts(
  holder: { readonly phone?: readonly Phone[]; readonly email?: readonly Email[] } | undefined,
  path: string,
  context: RuleContext,
): void {
  for (const [index, phone] of (holder?.phone ?? []).entries()) {
    checkPhone(phone, `${path}/phone[${String(index + 1)}]`, context);
  }
  checkEmails(holder?.email, `${path}/email`, context);
}

/** @param path of the elements, without their positions. */
export function checkEmails(emails: readonly Email[] | undefined, path: string, context: RuleContext): void {
  for (const [index, email] of (emails ?? []).entries()) {
    checkVerification(email, `${path}[${String(index + 1)}]`, context);
  }
}
