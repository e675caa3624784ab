import { useMessenger, useVoice } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

interface Props {
  roomId: string;
  isOpen: boolean;
  onClose: () => void;
  onReport: () => void;
}

/** Leaving, with the report beside it. What was received stays reportable until the conversation is forgotten. */
export function LeaveDialog({ roomId, isOpen, onClose, onReport }: Props) {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const voice = useVoice();
  const leave = useAction(async (next: "report" | "done") => {
    await messenger.leave(roomId);
    onClose();
    if (next === "report") onReport();
    else navigation.go({ page: "rooms" });
  });
  return (
    <AppDialog title={t("leave.title")} isOpen={isOpen} onClose={onClose} isBusy={leave.isBusy}>
      <p>{t("leave.what")}</p>
      <p>{say(voice, "leave.report")}</p>
      <ErrorNotice error={leave.error} />
      <div className="buttons">
        <Button look="primary" icon="leave" onPress={() => leave.run("done")} isDisabled={leave.isBusy}>
          {t("leave.do")}
        </Button>
        <Button icon="shield" onPress={() => leave.run("report")} isDisabled={leave.isBusy}>
          {t("leave.do-and-report")}
        </Button>
        <Button look="link" onPress={onClose} isDisabled={leave.isBusy}>
          {t("leave.stay")}
        </Button>
      </div>
    </AppDialog>
  );
}
