import { isMessageKey, t } from "../messages/catalogue.ts";

/** What has become of a report, in a few words. The hub's codes; one that is newer than this messenger is shown as it is. */
export function stateWords(code: string): string {
  const key = `step.${code}`;
  return isMessageKey(key) ? t(key as "step.received") : code;
}

/** The same with what it means. */
export function stepMeaning(code: string): string | null {
  const key = `step-meaning.${code}`;
  return isMessageKey(key) ? t(key as "step-meaning.received") : null;
}
