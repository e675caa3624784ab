import { IntlMessageFormat } from "intl-messageformat";
import { en } from "./en.ts";

export type Catalogue = typeof en;
export type MessageKey = keyof Catalogue;

/** An argument's name stands right after a brace and before `,` or `}`; the text of a plural's branch has spaces or `#`. */
type NameIn<Text extends string> = Text extends `${string}${" " | "#" | "'" | "{"}${string}` ? never : Text;
type HeadName<Text extends string> = Text extends `${infer Head}}${string}`
  ? Head extends `${infer Name},${string}`
    ? NameIn<Name>
    : NameIn<Head>
  : never;
type NamesIn<Text extends string> = Text extends `${string}{${infer Rest}`
  ? HeadName<Rest> | NamesIn<Rest>
  : never;

/** The arguments of a message, read from its own text: leaving one out, or misspelling it, does not compile. */
export type MessageArguments<Key extends MessageKey> = Record<NamesIn<Catalogue[Key]>, string | number>;
type Rest<Key extends MessageKey> = [NamesIn<Catalogue[Key]>] extends [never]
  ? []
  : [values: MessageArguments<Key>];

/** To whom the messenger speaks: a person who is not yet of age, or anybody else. */
export type Voice = "young" | "adult";

/** What is said in two wordings: the key without `.young` and `.adult`. */
export type VoicedKey = {
  [Key in MessageKey]: Key extends `${infer Base}.young`
    ? `${Base}.adult` extends MessageKey
      ? Base
      : never
    : never;
}[MessageKey];

export const LOCALE = "en-GB";
const compiled = new Map<MessageKey, IntlMessageFormat>();

/** The words for `key`, with its arguments filled in. Every word that a person reads comes from here. */
export function t<Key extends MessageKey>(key: Key, ...[values]: Rest<Key>): string {
  return fill(key, values);
}

/** The words for `key` in the wording for this person. Both wordings take the same arguments; a test holds them to it. */
export function say<Key extends VoicedKey>(
  voice: Voice,
  key: Key,
  ...[values]: Rest<`${Key}.adult`>
): string {
  return fill(`${key}.${voice}` as MessageKey, values);
}

function fill(key: MessageKey, values: Record<string, string | number> | undefined): string {
  let message = compiled.get(key);
  if (message === undefined) {
    message = new IntlMessageFormat(en[key], LOCALE, undefined, { ignoreTag: true });
    compiled.set(key, message);
  }
  return String(message.format(values));
}

/** Whether the catalogue has words for a code that came from outside. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
