import { Link } from "@tanstack/react-router";
import type { QueueEntry } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { Notice } from "../ui/notice.tsx";
import { Tag } from "../ui/words.tsx";
import { fieldWords } from "./burst-words.ts";

type LeftEmpty = NonNullable<QueueEntry["leftEmpty"]>[number];

/** Whether somebody has still to see to it. */
function waits({ state, filledBy }: LeftEmpty): boolean {
  return (state === "on" || state === "over") && filledBy === undefined;
}

/** In the queue: what the sender used to fill and left empty. */
export function LeftEmptyTag({ entry }: { entry: QueueEntry }) {
  const waiting = entry.leftEmpty?.filter(waits) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Tag tone="alert">
      {t("burst.left-empty", { fields: waiting.map(({ field }) => fieldWords(field)).join("; ") })}
    </Tag>
  );
}

/** On a report's page: each of them, with where it was filled in later. */
export function LeftEmptyNotice({ entry }: { entry: QueueEntry }) {
  const { leftEmpty } = entry;
  const [first] = leftEmpty ?? [];
  if (leftEmpty === undefined || first === undefined) return null;
  return (
    <Notice title={t("burst.report-title")}>
      <ul>
        {leftEmpty.map(({ field, since, state, filledBy }) => (
          <li key={`${field} ${since}`}>
            {t(`burst.report.${state}`, { field: fieldWords(field), since: formatInstant(since) })}{" "}
            {filledBy !== undefined && (
              <Link to="/reports/$id" params={{ id: filledBy }}>
                {t("burst.filled-by")}
              </Link>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/senders/$id" params={{ id: first.sender }}>
          {t("burst.to-sender")}
        </Link>
      </p>
    </Notice>
  );
}
