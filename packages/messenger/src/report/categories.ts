import { CATEGORIES, type Category } from "@fairlead/franking";
import { say, type Voice } from "../messages/catalogue.ts";

/** What a category is called; one that is newer than this messenger is shown as what it is to it: something else. */
export function categoryWords(voice: Voice, code: string): string {
  return say(voice, `category.${asCategory(code) ?? "other"}`);
}

/** Null for what is not one of franking's. */
export function asCategory(code: string | null): Category | null {
  return CATEGORIES.find((one) => one === code) ?? null;
}
