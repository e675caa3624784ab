import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { say, t } from "../messages/catalogue.ts";
import { Page, Section } from "../ui/page.tsx";
import { HelpContacts } from "./help-contacts.tsx";

/** For somebody to whom something happened: what is true, what to do, and whom to turn to. */
export function HelpPage() {
  const voice = useVoice();
  const { phase } = useMessengerState();
  return (
    <Page title={t("help.title")} back={{ to: { page: "rooms" }, label: t("common.back") }}>
      <p className="lead">{say(voice, "help.lead")}</p>
      <Section id="now" title={t("help.now")}>
        <ul>
          <li>{say(voice, "help.stop")}</li>
          <li>{say(voice, "help.keep")}</li>
          <li>{say(voice, "help.report")}</li>
        </ul>
      </Section>
      <Section id="who" title={t("help.who")}>
        <HelpContacts />
        <p>{t("help.danger")}</p>
      </Section>
      {phase === "ready" && (
        <p>
          <Link to={{ page: "reports" }}>{t("receipts.title")}</Link>
        </p>
      )}
    </Page>
  );
}
