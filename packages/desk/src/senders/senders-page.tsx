import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { sendersQuery } from "../api/queries.ts";
import type { SenderEntry } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { AsSent, Tag } from "../ui/words.tsx";
import { ShareWords } from "./share-words.tsx";

/** Who sends reports here, and how good they are: those whose format seems to have changed stand first. */
export function SendersPage() {
  const senders = useQuery(sendersQuery(useApi()));
  const list = senders.data?.senders ?? [];
  return (
    <Page title={t("senders.title")}>
      <p className="hint">{t("senders.intro")}</p>
      <QueryNotice query={senders} />
      {senders.isSuccess && list.length === 0 && <p className="empty">{t("senders.none")}</p>}
      {list.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t("senders.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("senders.sender")}</th>
                <th scope="col">{t("senders.month")}</th>
                <th scope="col">{t("senders.reports")}</th>
                <th scope="col">{t("senders.confirmed")}</th>
                <th scope="col">{t("senders.viral")}</th>
                <th scope="col">{t("senders.alarms")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((sender) => (
                <SenderRow key={sender.id} sender={sender} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

function SenderRow({
  sender: { id, name, month, reports, confirmed, viral, alarms },
}: {
  sender: SenderEntry;
}) {
  return (
    <tr>
      <th scope="row">
        <Link to="/senders/$id" params={{ id }}>
          <AsSent>{name}</AsSent>
        </Link>
        <span className="hint">{id}</span>
      </th>
      <td data-label={t("senders.month")}>{month}</td>
      <td data-label={t("senders.reports")}>{reports}</td>
      <td data-label={t("senders.confirmed")}>
        <ShareWords estimate={confirmed} />
      </td>
      <td data-label={t("senders.viral")}>
        <ShareWords estimate={viral} />
      </td>
      <td data-label={t("senders.alarms")}>
        {alarms === 0 ? (
          t("senders.no-alarm")
        ) : (
          <Tag tone="alert">{t("senders.alarm-count", { count: alarms })}</Tag>
        )}
      </td>
    </tr>
  );
}
