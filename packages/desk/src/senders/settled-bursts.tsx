import type { Burst } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { AsSent, Instant } from "../ui/words.tsx";
import { fieldWords, shareText } from "./burst-words.ts";

/** What was settled before, by whom and why. */
export function SettledBursts({ bursts }: { bursts: readonly Burst[] }) {
  return (
    <ul className="timeline">
      {bursts.map(({ id, field, before, now, settled }) => (
        <li key={id} className="timeline-item">
          <p className="timeline-title">
            {t("burst.was", { field: fieldWords(field), before: shareText(before), now: shareText(now) })}
          </p>
          {settled !== undefined && (
            <p>
              {t(`burst.settled.${settled.how}`, { who: settled.by })} <AsSent>{settled.reason}</AsSent>{" "}
              <Instant at={settled.at} ago />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
