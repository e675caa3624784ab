import { useMessenger, useMessengerState, useNames, useVoice } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import type { Notice, RoomSummary } from "../client/state.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Notice as NoticeBox } from "../ui/notice.tsx";

/** What is worth a second thought in this conversation, and signs that the service is not honest. */
export function RoomNotices({ room, onReport }: { room: RoomSummary; onReport: () => void }) {
  const { notices, warnings } = useMessengerState();
  const roomId = room.id;
  // Whoever is asked whether to talk with a stranger is told there that it is one.
  const here = notices.filter((notice) => notice.roomId === roomId && room.standing !== "request");
  const broken = warnings.filter((warning) => warning.roomId === roomId);
  return (
    <>
      {broken.map((warning) => (
        <NoticeBox key={warning.id} tone="alert" icon="shield" title={t(`warning.${warning.kind}`)}>
          <p>
            {t("warning.what-to-do")} <Link to={{ page: "about" }}>{t("warning.more")}</Link>
          </p>
        </NoticeBox>
      ))}
      {here.map((notice) => (
        <SafetyNotice key={notice.id} notice={notice} onReport={onReport} />
      ))}
    </>
  );
}

export function SafetyNotice({ notice, onReport }: { notice: Notice; onReport: () => void }) {
  const messenger = useMessenger();
  const voice = useVoice();
  const nameOf = useNames();
  const dismiss = useAction(() => messenger.dismissNotice(notice.id));
  const name = notice.uri === null ? "" : nameOf(notice.uri);
  return (
    <NoticeBox tone="warm" icon="shield" title={t(`notice.${notice.kind}.title`, { name })}>
      <p>{say(voice, `notice.${notice.kind}`, { name })}</p>
      <div className="buttons">
        <Button onPress={() => dismiss.run()}>{t("common.got-it")}</Button>
        {notice.roomId !== null && (
          <Button look="link" onPress={onReport}>
            {t("report.open")}
          </Button>
        )}
        <Link to={{ page: "help" }}>{t("details.help")}</Link>
      </div>
    </NoticeBox>
  );
}
