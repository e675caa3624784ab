const NAMES = new Intl.DisplayNames("en-GB", { type: "region", fallback: "code" });
const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** A country's name for its ISO 3166-1 code; what is no code stays as it was sent. */
export function countryWords(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}

/** `France`, `Ireland and Spain`. */
export function countriesWords(codes: readonly string[]): string {
  return LIST.format(codes.map(countryWords));
}
