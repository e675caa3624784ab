import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { peersQuery } from "../api/queries.ts";
import type { PeerView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Instant, Tag, Unknown } from "../ui/words.tsx";

const TONES = { well: "plain", waiting: "strong", failing: "alert", "never-reached": "quiet" } as const;

/** The stations that this one knows, and whether what we owe them is getting through. */
export function PeersPage() {
  const peers = useQuery(peersQuery(useApi()));
  return (
    <Page title={t("peers.title")}>
      <p className="hint">{t("peers.intro")}</p>
      <QueryNotice query={peers} />
      {peers.data?.peers.length === 0 && <p className="empty">{t("peers.none")}</p>}
      {peers.data !== undefined && peers.data.peers.length > 0 && <PeerTable peers={peers.data.peers} />}
    </Page>
  );
}

function PeerTable({ peers }: { peers: readonly PeerView[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("peers.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("peers.station")}</th>
            <th scope="col">{t("peers.state")}</th>
            <th scope="col">{t("peers.waiting")}</th>
            <th scope="col">{t("peers.last-success")}</th>
            <th scope="col">{t("peers.last-failure")}</th>
          </tr>
        </thead>
        <tbody>
          {peers.map((peer) => (
            <PeerRow key={peer.id} peer={peer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PeerRow({ peer }: { peer: PeerView }) {
  return (
    <tr>
      <th scope="row">
        {peer.name}
        <span className="hint">{t("peers.wire", { id: peer.id, wire: peer.wire })}</span>
      </th>
      <td data-label={t("peers.state")}>
        <Tag tone={TONES[peer.state]}>{t(`peer.${peer.state}`)}</Tag>
        <span className="hint">{t(`peer.hint.${peer.state}`)}</span>
      </td>
      <td data-label={t("peers.waiting")}>
        {peer.waiting}
        {peer.oldestWaitingSince !== undefined && (
          <span className="hint">
            {t("peers.oldest")} <Instant at={peer.oldestWaitingSince} ago />
          </span>
        )}
      </td>
      <td data-label={t("peers.last-success")}>
        {peer.lastSuccessAt === undefined ? (
          <Unknown>{t("peers.never")}</Unknown>
        ) : (
          <Instant at={peer.lastSuccessAt} ago />
        )}
      </td>
      <td data-label={t("peers.last-failure")}>
        {peer.lastFailureAt === undefined ? (
          t("peers.no-failure")
        ) : (
          <>
            {peer.lastFailure}
            <span className="hint">
              <Instant at={peer.lastFailureAt} ago />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
