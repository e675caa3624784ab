import { useState } from "react";
import { useMessenger, useMessengerState, useVoice } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { say, t } from "../messages/catalogue.ts";
import { BlockDialog } from "../rooms/block-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Notice } from "../ui/notice.tsx";

interface Props {
  onReport: (roomId: string) => void;
}

/** A word about who asked, with everything that a young person can do: block, report, or let it be. */
export function CalmNotices({ onReport }: Props) {
  const { safety } = useMessengerState();
  return (safety?.notices ?? []).map(({ uri, name }) => (
    <CalmNotice key={uri} uri={uri} name={name} onReport={onReport} />
  ));
}

function CalmNotice({ uri, name, onReport }: Props & { uri: string; name: string }) {
  const messenger = useMessenger();
  const { rooms } = useMessengerState();
  const voice = useVoice();
  const [isBlocking, setIsBlocking] = useState(false);
  const fine = useAction(() => messenger.sayFine(uri));
  // Only what they wrote can be reported.
  const room = rooms.find(({ kind, members }) => kind === "direct" && members.includes(uri));
  const report = () => {
    if (room !== undefined) onReport(room.id);
  };
  return (
    <Notice tone="warm" icon="shield" title={t("safety.calm.title", { name })}>
      <p>{say(voice, "safety.calm", { name })}</p>
      {room === undefined && <p>{say(voice, "safety.calm.report-later")}</p>}
      <ErrorNotice error={fine.error} />
      <div className="buttons">
        <Button icon="block" onPress={() => setIsBlocking(true)}>
          {t("safety.calm.block", { name })}
        </Button>
        {room !== undefined && (
          <Button icon="shield" onPress={report}>
            {t("safety.calm.report", { name })}
          </Button>
        )}
        <Button onPress={() => fine.run()} isDisabled={fine.isBusy}>
          {t("safety.calm.fine")}
        </Button>
        <Link to={{ page: "help" }}>{t("details.help")}</Link>
      </div>
      <BlockDialog uri={uri} isOpen={isBlocking} onClose={() => setIsBlocking(false)} onReport={report} />
    </Notice>
  );
}
