import { isMessageKey, t } from "../messages/catalogue.ts";
import { Notice } from "./notice.tsx";

/** What went wrong, what is safe, and what to do. Nothing is shown while nothing went wrong. */
export function ErrorNotice({ error }: { error: unknown }) {
  if (error === undefined) return null;
  return (
    <Notice tone="alert" title={t("error.title")}>
      <p>{errorWords(error)}</p>
    </Notice>
  );
}

/** The catalogue's words for an error's code, or for any error. */
export function errorWords(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const key = `error.${code}`;
  // Messages for errors take no arguments; a test of the catalogue holds them to it.
  return isMessageKey(key) ? t(key as "error.unknown") : t("error.unknown");
}
