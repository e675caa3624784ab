import { useAnnounce } from "../app/announcer.tsx";
import { useMessenger, useNames, useVoice } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

interface Props {
  uri: string;
  isOpen: boolean;
  onClose: () => void;
  onReport: () => void;
}

/** Blocking, with the report beside it: whoever wants nobody to write to them any more may have something to tell. */
export function BlockDialog({ uri, isOpen, onClose, onReport }: Props) {
  const messenger = useMessenger();
  const voice = useVoice();
  const name = useNames()(uri);
  const announce = useAnnounce();
  const block = useAction(async (next: "report" | "done") => {
    await messenger.block(uri);
    announce(t("block.done", { name }));
    onClose();
    if (next === "report") onReport();
  });
  return (
    <AppDialog title={t("block.title", { name })} isOpen={isOpen} onClose={onClose} isBusy={block.isBusy}>
      <p>{t("block.what", { name })}</p>
      <p>{say(voice, "block.report")}</p>
      <ErrorNotice error={block.error} />
      <div className="buttons">
        <Button look="primary" icon="block" onPress={() => block.run("done")} isDisabled={block.isBusy}>
          {t("block.do")}
        </Button>
        <Button icon="shield" onPress={() => block.run("report")} isDisabled={block.isBusy}>
          {t("block.do-and-report")}
        </Button>
        <Button look="link" onPress={onClose} isDisabled={block.isBusy}>
          {t("common.not-now")}
        </Button>
      </div>
    </AppDialog>
  );
}
