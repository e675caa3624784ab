/**
 * A device number that a network knows for one device or one SIM card.
 * @param label what the sender calls the number, such as `IMEI`
 * @param value digits, with or without separators
 * @returns `undefined` for other kinds of number, and for one whose check digit is wrong
 */
export function networkDeviceNumber(
  label: string | undefined,
  value: string,
): { kind: "imei" | "iccid"; digits: string } | undefined {
  const digits = value.replaceAll(/[\s.:/-]/g, "");
  if (!/^\d+$/.test(digits) || /^(\d)\1*$/.test(digits) || !passesLuhn(digits)) return undefined;
  const name = (label ?? "").toUpperCase();
  // 3GPP TS 23.003: an IMEI is 15 digits with a Luhn check digit. ITU-T E.118: an ICCID starts with 89 and has at most 20.
  if (name.includes("IMEI") && digits.length === 15) return { kind: "imei", digits };
  if (name.includes("ICCID") && digits.startsWith("89") && digits.length >= 18 && digits.length <= 20)
    return { kind: "iccid", digits };
  return undefined;
}

/** The Luhn check (ISO/IEC 7812-1 annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0;
}
