import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Instant } from "../ui/words.tsx";

type Duty = KeepingView["duties"][number];

/** Every reason to keep the report, the longest first: what says so, from when, until when. */
export function DutyTable({ view }: { view: KeepingView }) {
  const { duties, holds } = view;
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("keeping.duties")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("keeping.column.why")}</th>
            <th scope="col">{t("keeping.column.what")}</th>
            <th scope="col">{t("keeping.column.from")}</th>
            <th scope="col">{t("keeping.column.until")}</th>
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={`${duty.id} ${duty.from}`}>
              <th scope="row">
                <Why duty={duty} holds={holds} />
              </th>
              <td data-label={t("keeping.column.what")}>{t(`keeping.covers.${duty.covers}`)}</td>
              <td data-label={t("keeping.column.from")}>
                <Instant at={duty.from} />
              </td>
              <td data-label={t("keeping.column.until")}>
                <Until until={duty.until} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Why({ duty, holds }: { duty: Duty; holds: KeepingView["holds"] }) {
  const { law, peer, by, id } = duty;
  if (law !== undefined)
    return (
      <>
        {law.name}
        <span className="hint">{law.text}</span>
        {law.longerFor !== undefined && (
          <span className="hint">{t("keeping.longer-for", { purpose: law.longerFor })}</span>
        )}
        <span className="hint">{t("keeping.source", { source: law.source })}</span>
        {peer !== undefined && <span className="hint">{t("keeping.filed-with", { peer })}</span>}
      </>
    );
  const hold = holds.find((each) => each.id === id);
  if (by === "hold" && hold !== undefined)
    return (
      <>
        {t(`keeping.kind.${hold.kind}`)}
        <span className="hint">{hold.authority}</span>
      </>
    );
  return t("keeping.by-decision");
}

function Until({ until }: { until: string | undefined }) {
  const now = useNow();
  if (until === undefined) return t("keeping.state.no-end");
  return (
    <>
      <time dateTime={until}>{formatInstant(until)}</time>
      <span className="hint">{timeLeft(until, now)}</span>
    </>
  );
}

/** What the sender must keep itself: until then, what is missing here can be asked of them. */
export function SenderDuties({ sender: { name, duties } }: { sender: KeepingView["sender"] }) {
  return duties.map(({ law, until, over }) => (
    <p key={law.id} className="hint">
      {t(over ? "keeping.sender-over" : "keeping.sender", {
        name,
        law: law.name,
        until: formatInstant(until),
      })}
    </p>
  ));
}
