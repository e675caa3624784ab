import { useState } from "react";
import { useAnnounce } from "../app/announcer.tsx";
import { useMessenger, useVoice } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";

/** Asking a person of the platform to look at what a program counted. */
export function AppealDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const messenger = useMessenger();
  const voice = useVoice();
  const announce = useAnnounce();
  const [words, setWords] = useState("");
  const ask = useAction(async () => {
    await messenger.appeal(words);
    announce(t("safety.appeal.sent"));
    onClose();
  });
  return (
    <AppDialog title={t("safety.appeal.title")} isOpen={isOpen} onClose={onClose} isBusy={ask.isBusy}>
      <p>{say(voice, "safety.appeal.what")}</p>
      <TextInput
        label={t("safety.appeal.words")}
        value={words}
        onChange={setWords}
        maxLength={1000}
        lines={4}
      />
      <ErrorNotice error={ask.error} />
      <div className="buttons">
        <Button look="primary" onPress={() => ask.run()} isDisabled={ask.isBusy}>
          {t("safety.appeal.send")}
        </Button>
        <Button look="link" onPress={onClose} isDisabled={ask.isBusy}>
          {t("common.not-now")}
        </Button>
      </div>
    </AppDialog>
  );
}
