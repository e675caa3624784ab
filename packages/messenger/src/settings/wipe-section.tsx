import { useState } from "react";
import { useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Section } from "../ui/page.tsx";

/** Forgetting everything on this device. */
export function WipeSection() {
  const messenger = useMessenger();
  const [isAsking, setIsAsking] = useState(false);
  const wipe = useAction(() => messenger.wipe());
  return (
    <Section id="wipe" title={t("wipe.title")}>
      <p>{t("wipe.what")}</p>
      <div className="buttons">
        <Button icon="trash" look="alert" onPress={() => setIsAsking(true)}>
          {t("wipe.open")}
        </Button>
      </div>
      <AppDialog
        title={t("wipe.ask")}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        isBusy={wipe.isBusy}
      >
        <p>{t("wipe.ask-text")}</p>
        <ErrorNotice error={wipe.error} />
        <div className="buttons">
          <Button look="alert" onPress={() => wipe.run()} isDisabled={wipe.isBusy}>
            {t("wipe.do")}
          </Button>
          <Button look="link" onPress={() => setIsAsking(false)}>
            {t("common.cancel")}
          </Button>
        </div>
      </AppDialog>
    </Section>
  );
}
