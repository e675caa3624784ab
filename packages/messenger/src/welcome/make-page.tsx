import { useState } from "react";
import { Form } from "react-aria-components";
import { useMessenger } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { deviceName } from "./device-name.ts";
import { asHandle, handleProblem, yearProblem } from "./person-fields.ts";

/** A new account: what others call one, and whether the safer settings are on from the start. */
export function MakePage() {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const thisYear = new Date(useNow()).getFullYear();
  const [name, setName] = useState("");
  const [handle, setHandle] = useState("");
  const [year, setYear] = useState("");
  const make = useAction(async () => {
    await messenger.register({
      handle,
      name: name.trim(),
      birthYear: Number(year),
      deviceName: deviceName(navigator.userAgent),
    });
    navigation.go({ page: "rooms" }, "replace");
  });
  return (
    <Page title={t("make.title")} back={{ to: { page: "rooms" }, label: t("common.back") }}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          make.run();
        }}
      >
        <TextInput
          label={t("make.name")}
          hint={t("make.name-hint")}
          value={name}
          onChange={setName}
          isRequired
          maxLength={60}
          autoComplete="nickname"
        />
        <TextInput
          label={t("make.handle")}
          hint={t("make.handle-hint")}
          value={handle}
          onChange={(text) => setHandle(asHandle(text))}
          isRequired
          isCode
          maxLength={32}
          problem={handleProblem}
        />
        <TextInput
          label={t("make.year")}
          hint={t("make.year-hint")}
          value={year}
          onChange={setYear}
          isRequired
          maxLength={4}
          inputMode="numeric"
          isShort
          problem={(text) => yearProblem(text, thisYear)}
        />
        <p className="hint">{t("make.keys")}</p>
        <ErrorNotice error={make.error} />
        <div className="buttons">
          <Button look="primary" type="submit" isDisabled={make.isBusy}>
            {make.isBusy ? t("make.busy") : t("make.do")}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
