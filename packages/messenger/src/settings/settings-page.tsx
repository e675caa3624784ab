import { useMe, useMessenger, useMessengerState } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { usePreferences } from "../app/preferences.ts";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Face } from "../ui/face.tsx";
import { ChoiceInput, SwitchInput } from "../ui/fields.tsx";
import { Page, Section } from "../ui/page.tsx";
import { BackupSection } from "./backup-section.tsx";
import { DevicesSection } from "./devices-section.tsx";
import { WipeSection } from "./wipe-section.tsx";

const THEMES = ["system", "light", "dark"] as const;

/** Everything that a person decides about their messenger. */
export function SettingsPage() {
  const me = useMe();
  return (
    <Page
      title={t("settings.title")}
      back={{ to: { page: "rooms" }, label: t("common.back") }}
      isBackForPhones
    >
      <div className="me">
        <Face seed={me.uri} name={me.name} size="large" />
        <p>
          <bdi className="me-name">{me.name}</bdi>
          <span className="hint">@{me.handle}</span>
          {me.young && <span className="hint">{t("settings.is-young")}</span>}
        </p>
      </div>
      <SafetySection />
      <DevicesSection />
      <BackupSection />
      <LookSection />
      <WipeSection />
    </Page>
  );
}

function SafetySection() {
  const messenger = useMessenger();
  const { settings, receipts } = useMessengerState();
  const change = useAction((what: Partial<typeof settings>) => messenger.changeSettings(what));
  return (
    <Section id="safety" title={t("settings.safety")}>
      <SwitchInput
        label={t("settings.blur")}
        hint={t("settings.blur-hint")}
        isOn={settings.blurPictures}
        onChange={(blurPictures) => change.run({ blurPictures })}
      />
      <SwitchInput
        label={t("settings.notices")}
        hint={t("settings.notices-hint")}
        isOn={settings.safetyNotices}
        onChange={(safetyNotices) => change.run({ safetyNotices })}
      />
      <ErrorNotice error={change.error} />
      <ul className="doors">
        <li>
          <Link to={{ page: "reports" }}>{t("settings.reports", { count: receipts.length })}</Link>
        </li>
        <li>
          <Link to={{ page: "help" }}>{t("details.help")}</Link>
        </li>
        <li>
          <Link to={{ page: "about" }}>{t("settings.about")}</Link>
        </li>
      </ul>
    </Section>
  );
}

function LookSection() {
  const [{ theme, enterSends }, setPreferences] = usePreferences();
  return (
    <Section id="look" title={t("settings.look")}>
      <ChoiceInput
        label={t("settings.theme")}
        value={theme}
        onChange={(next) => setPreferences({ theme: next })}
        choices={THEMES.map((value) => ({ value, label: t(`settings.theme-${value}`) }))}
      />
      <SwitchInput
        label={t("settings.enter")}
        hint={t("settings.enter-hint")}
        isOn={enterSends}
        onChange={(isOn) => setPreferences({ enterSends: isOn })}
      />
    </Section>
  );
}
