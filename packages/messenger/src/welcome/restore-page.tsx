import { useState } from "react";
import { Form } from "react-aria-components";
import { useMessenger, useMessengerState } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Status } from "../ui/status.tsx";

/** Messages from a backup. The account comes first: a backup holds what was said, never the keys that speak for a person. */
export function RestorePage() {
  const isHere = useMessengerState().phase === "ready";
  return (
    <Page
      title={t("restore.title")}
      back={{ to: { page: isHere ? "settings" : "rooms" }, label: t("common.back") }}
    >
      {isHere ? (
        <RestoreForm />
      ) : (
        <>
          <p>{t("restore.first")}</p>
          <ol className="how">
            <li>
              <Link to={{ page: "link" }}>{t("restore.first-link")}</Link>
            </li>
            <li>{t("restore.then")}</li>
          </ol>
          <p className="hint">{t("restore.no-device")}</p>
        </>
      )}
    </Page>
  );
}

function RestoreForm() {
  const messenger = useMessenger();
  const [code, setCode] = useState("");
  const [found, setFound] = useState<{ rooms: number; messages: number }>();
  const restore = useAction(async () => setFound(await messenger.restoreBackup(code.trim())));
  if (found !== undefined)
    return (
      <Notice tone="done" icon="check" title={t("restore.done")}>
        <Status>{t("restore.found", found)}</Status>
        <Link to={{ page: "rooms" }}>{t("restore.to-rooms")}</Link>
      </Notice>
    );
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        restore.run();
      }}
    >
      <TextInput
        label={t("restore.code")}
        hint={t("restore.code-hint")}
        value={code}
        onChange={setCode}
        isRequired
        isCode
      />
      <ErrorNotice error={restore.error} />
      <div className="buttons">
        <Button look="primary" type="submit" isDisabled={restore.isBusy}>
          {restore.isBusy ? t("restore.busy") : t("restore.do")}
        </Button>
      </div>
    </Form>
  );
}
