import { useState } from "react";
import { Form } from "react-aria-components";
import { useMessenger } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { deviceName } from "./device-name.ts";

/** A second device of the same account, by a code that the first one shows. */
export function LinkPage() {
  return (
    <Page title={t("link.title")} back={{ to: { page: "rooms" }, label: t("common.back") }}>
      <ol className="how">
        <li>{t("link.step-open")}</li>
        <li>{t("link.step-code")}</li>
        <li>{t("link.step-type")}</li>
      </ol>
      <LinkForm />
      <p className="hint">{t("link.older")}</p>
    </Page>
  );
}

function LinkForm() {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const [code, setCode] = useState("");
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const link = useAction(async () => {
    await messenger.linkThisDevice(code.trim(), name.trim());
    navigation.go({ page: "rooms" }, "replace");
  });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        link.run();
      }}
    >
      <TextInput label={t("link.code")} value={code} onChange={setCode} isRequired isCode />
      <TextInput
        label={t("link.name")}
        hint={t("link.name-hint")}
        value={name}
        onChange={setName}
        isRequired
        maxLength={60}
      />
      <ErrorNotice error={link.error} />
      <div className="buttons">
        <Button look="primary" type="submit" isDisabled={link.isBusy}>
          {link.isBusy ? t("link.busy") : t("link.do")}
        </Button>
      </div>
    </Form>
  );
}
