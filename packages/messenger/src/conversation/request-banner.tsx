import { useState } from "react";
import { useMessenger, useMessengerState, useNames, useVoice } from "../app/messenger-context.tsx";
import { Link, useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import type { RoomSummary } from "../client/state.ts";
import { say, t } from "../messages/catalogue.ts";
import { BlockDialog } from "../rooms/block-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

/** Stands where one would write, until a conversation with somebody unknown was accepted. */
export function RequestBanner({ room, onReport }: { room: RoomSummary; onReport: () => void }) {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const { people } = useMessengerState();
  const voice = useVoice();
  const nameOf = useNames();
  const [isBlocking, setIsBlocking] = useState(false);
  const uri = room.invitedBy ?? "";
  const name = nameOf(uri);
  const isGrownUp = voice === "young" && people.get(uri)?.young === false;
  const accept = useAction(() => messenger.acceptRequest(room.id));
  const decline = useAction(async () => {
    await messenger.declineRequest(room.id);
    navigation.go({ page: "rooms" });
  });
  return (
    <section className="request" aria-labelledby="request-title">
      <h2 id="request-title">
        {room.kind === "group" ? t("request.title-group", { name }) : t("request.title", { name })}
      </h2>
      <p>{say(voice, "request.what")}</p>
      {isGrownUp && <p className="request-adult">{t("request.grown-up", { name })}</p>}
      <p className="hint">
        {t("request.not-told", { name })} <Link to={{ page: "help" }}>{t("details.help")}</Link>
      </p>
      <ErrorNotice error={accept.error ?? decline.error} />
      <div className="buttons">
        <Button
          look={isGrownUp ? "plain" : "primary"}
          onPress={() => accept.run()}
          isDisabled={accept.isBusy || decline.isBusy}
        >
          {t("request.accept")}
        </Button>
        <Button onPress={() => decline.run()} isDisabled={accept.isBusy || decline.isBusy}>
          {t("request.decline")}
        </Button>
        <Button look="link" onPress={() => setIsBlocking(true)}>
          {t("request.block")}
        </Button>
      </div>
      <BlockDialog uri={uri} isOpen={isBlocking} onClose={() => setIsBlocking(false)} onReport={onReport} />
    </section>
  );
}
