import type { ReactNode } from "react";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { timeAgo } from "../time/left.ts";
import { useNow } from "../time/now.tsx";

/** What nobody has said. It looks different from a no, by its mark and its line, not by colour. */
export function Unknown({ children }: { children: ReactNode }) {
  return (
    <span className="unknown">
      <span className="unknown-mark" aria-hidden="true">
        ?
      </span>
      {children}
    </span>
  );
}

/** An instant by the station's clock, with how long ago it was. */
export function Instant({ at, ago = false }: { at: string; ago?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={at} className="instant">
      {ago ? t("time.with-ago", { instant: formatInstant(at), ago: timeAgo(at, now) }) : formatInstant(at)}
    </time>
  );
}

/** A short state beside something. */
export function Tag({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "strong" | "alert" | "quiet";
  children: ReactNode;
}) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}

/** Text from a report: the sender's words, set apart from ours and from the page's direction. */
export function AsSent({ children }: { children: string }) {
  return <bdi className="as-sent">{children}</bdi>;
}
