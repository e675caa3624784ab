import { useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { Message } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { fullTime } from "../time/when.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { When } from "../ui/when.tsx";

interface Props {
  message: Message;
  roomId: string;
  isCurrent: boolean;
}

/** When it was sent, whether it went out, whether it was changed, and whether it will disappear. */
export function MessageFoot({ message, roomId, isCurrent }: Props) {
  return (
    <>
      <span className="bubble-foot">
        {message.disappearing && (
          <span
            className="foot-mark"
            title={
              message.expiresAt === null
                ? t("conversation.disappears-when-read")
                : t("conversation.disappears-at", { at: fullTime(message.expiresAt) })
            }
          >
            <Icon name="clock" />
            <span className="visually-hidden">{t("conversation.disappears")}</span>
          </span>
        )}
        {message.edited && <span>{t("conversation.edited")}</span>}
        <When at={message.at} />
        {message.own && (
          <span className="foot-mark" data-delivery={message.delivery}>
            {message.delivery === "sent" && <Icon name="check" />}
            <span className={message.delivery === "sent" ? "visually-hidden" : undefined}>
              {t(`delivery.${message.delivery}`)}
            </span>
          </span>
        )}
      </span>
      {message.own && message.delivery === "failed" && (
        <Failed message={message} roomId={roomId} isCurrent={isCurrent} />
      )}
    </>
  );
}

function Failed({ message, roomId, isCurrent }: Props) {
  const messenger = useMessenger();
  const retry = useAction(() => messenger.retry(roomId, message.key));
  const discard = useAction(() => messenger.discard(roomId, message.key));
  return (
    <span className="bubble-failed">
      <Button look="link" onPress={() => retry.run()} excludeFromTabOrder={!isCurrent}>
        {t("delivery.retry")}
      </Button>
      <Button look="link" onPress={() => discard.run()} excludeFromTabOrder={!isCurrent}>
        {t("delivery.discard")}
      </Button>
    </span>
  );
}
