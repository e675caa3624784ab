import { clockTime, fullTime } from "../time/when.ts";

/** A time of day; the whole instant with its zone is in the tooltip. */
export function When({ at, text }: { at: number; text?: string }) {
  return (
    <time className="when" dateTime={new Date(at).toISOString()} title={fullTime(at)}>
      {text ?? clockTime(at)}
    </time>
  );
}
