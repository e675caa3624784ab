import { isMessageKey, t } from "../messages/catalogue.ts";

/** What kind of value it is, in words; the kinds come from the station. */
export function keyKindWords(kind: string): string {
  const key = `key.${kind}`;
  return isMessageKey(key) ? t(key as "key.account") : kind;
}

const SHOWN = 48;

/** A value as a line can hold it; hashes are long and their beginning says as much. */
export function shortValue(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}
