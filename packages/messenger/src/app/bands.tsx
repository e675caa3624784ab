import { CalmNotices } from "../safety/calm-notices.tsx";
import { OwnSafety } from "../safety/own-safety.tsx";
import { SafetyNotice } from "../conversation/room-notices.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessenger, useMessengerState } from "./messenger-context.tsx";
import { useAction } from "./use-action.ts";
import { Status } from "../ui/status.tsx";

/** What concerns the whole messenger: the connection, a device taken off, notices and warnings of no one conversation. */
export function Bands({ onReport }: { onReport: (roomId: string) => void }) {
  const messenger = useMessenger();
  const { phase, connection, waiting, notices, warnings } = useMessengerState();
  const wipe = useAction(() => messenger.wipe());
  return (
    <div className="bands">
      {phase === "removed" && (
        <Notice tone="alert" icon="device" title={t("app.removed.title")}>
          <p>{t("app.removed.text")}</p>
          <Button onPress={() => wipe.run()}>{t("app.removed.wipe")}</Button>
        </Notice>
      )}
      {phase === "ready" && connection !== "online" && (
        <Status look="band">
          {t(`connection.${connection}`)} {waiting > 0 && t("connection.waiting", { count: waiting })}
        </Status>
      )}
      {warnings
        .filter(({ roomId }) => roomId === null)
        .map((warning) => (
          <Notice key={warning.id} tone="alert" icon="shield" title={t(`warning.${warning.kind}`)}>
            <p>{t("warning.what-to-do")}</p>
          </Notice>
        ))}
      <OwnSafety />
      <CalmNotices onReport={onReport} />
      {notices
        .filter(({ roomId }) => roomId === null)
        .map((notice) => (
          <SafetyNotice key={notice.id} notice={notice} onReport={() => undefined} />
        ))}
    </div>
  );
}
