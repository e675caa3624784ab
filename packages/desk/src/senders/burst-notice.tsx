import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Burst } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { AcceptDialog } from "./accept-dialog.tsx";
import { burstTitle, shareText } from "./burst-words.ts";

interface Props {
  sender: string;
  burst: Burst;
  mayAccept: boolean;
}

/** One change of a sender's reports that nobody has settled: what, since when, from what to what, how many reports, and what to do. */
export function BurstNotice({ sender, burst, mayAccept }: Props) {
  const { field, state, since, now, before, reports, filledLater, recoveredAt } = burst;
  const [isOpen, setOpen] = useState(false);
  const refused = field === "refused";
  return (
    <Notice tone={state === "on" ? "alert" : "plain"} title={burstTitle(burst)}>
      <p>
        {t(refused ? "burst.rates-refused" : "burst.rates", {
          before: shareText(before),
          now: shareText(now),
          since: formatInstant(since),
          counted: now.of,
        })}
      </p>
      {!refused && (
        <p>
          {t("burst.reports", { reports })}{" "}
          {filledLater > 0 && t("burst.filled-later", { count: filledLater })}{" "}
          <Link to="/" search={{ status: "format-burst" }}>
            {t("burst.lane")}
          </Link>
        </p>
      )}
      <p>
        {state === "on"
          ? t(refused ? "burst.do-refused" : "burst.do")
          : t(refused ? "burst.do-over-refused" : "burst.do-over", {
              at: formatInstant(recoveredAt ?? since),
            })}
      </p>
      {mayAccept && state === "on" && (
        <p>
          <Button
            onPress={() => setOpen(true)}
            aria-label={t("burst.accept-of", { title: burstTitle(burst) })}
          >
            {t("burst.accept")}
          </Button>
        </p>
      )}
      {isOpen && <AcceptDialog sender={sender} burst={burst} onClose={() => setOpen(false)} />}
    </Notice>
  );
}
