import { useState } from "react";
import { useMessenger, useMessengerState } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { dayAndTime } from "../time/when.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Section } from "../ui/page.tsx";
import { Status } from "../ui/status.tsx";

/** A copy of everything at the hub, locked with a code that only this person has. */
export function BackupSection() {
  const messenger = useMessenger();
  const { backup } = useMessengerState();
  const [isCodeShown, setIsCodeShown] = useState(false);
  const start = useAction(async () => {
    await messenger.startBackup();
    setIsCodeShown(true);
  });
  const refresh = useAction(() => messenger.refreshBackup());
  return (
    <Section id="backup" title={t("backup.title")}>
      <p>{t("backup.what")}</p>
      {backup === null ? (
        <div className="buttons">
          <Button icon="key" onPress={() => start.run()} isDisabled={start.isBusy}>
            {start.isBusy ? t("backup.busy") : t("backup.start")}
          </Button>
        </div>
      ) : (
        <>
          <Status>
            {backup.madeAt === null ? t("backup.busy") : t("backup.made", { at: dayAndTime(backup.madeAt) })}
          </Status>
          {isCodeShown && <RecoveryCode code={backup.code} />}
          <div className="buttons">
            <Button onPress={() => setIsCodeShown(!isCodeShown)} aria-expanded={isCodeShown}>
              {t(isCodeShown ? "backup.hide-code" : "backup.show-code")}
            </Button>
            <Button onPress={() => refresh.run()} isDisabled={refresh.isBusy}>
              {refresh.isBusy ? t("backup.busy") : t("backup.refresh")}
            </Button>
          </div>
        </>
      )}
      <ErrorNotice error={start.error ?? refresh.error} />
      <p>
        <Link to={{ page: "restore" }}>{t("backup.restore")}</Link>
      </p>
    </Section>
  );
}

function RecoveryCode({ code }: { code: readonly string[] }) {
  return (
    <div className="code-card">
      <p>{t("backup.code")}</p>
      <p className="code recovery-code">
        <code>{code.join(" ")}</code>
      </p>
      <p className="hint">{t("backup.code-warning")}</p>
    </div>
  );
}
