import { useMessengerState } from "../app/messenger-context.tsx";
import { t } from "../messages/catalogue.ts";
import { Page, Section } from "../ui/page.tsx";

const CANNOT = ["messages", "pictures", "names", "keys", "blur"] as const;
const CAN = ["account", "who-with", "when", "size", "devices", "address"] as const;
const REPORT = ["who", "proof", "rest", "others"] as const;

/** What the service can see and what it cannot, in plain words. */
export function AboutPage() {
  const { hub, phase } = useMessengerState();
  const name = hub?.name ?? t("about.the-service");
  return (
    <Page
      title={t("about.title")}
      back={{ to: { page: phase === "welcome" ? "rooms" : "settings" }, label: t("common.back") }}
    >
      <Section id="cannot" title={t("about.cannot.title", { name })}>
        <ul>
          {CANNOT.map((what) => (
            <li key={what}>{t(`about.cannot.${what}`)}</li>
          ))}
        </ul>
      </Section>
      <Section id="can" title={t("about.can.title", { name })}>
        <ul>
          {CAN.map((what) => (
            <li key={what}>{t(`about.can.${what}`)}</li>
          ))}
        </ul>
        {hub !== null && <p>{t("about.kept", { count: hub.retentionDays })}</p>}
      </Section>
      <Section id="reported" title={t("about.report.title")}>
        <ul>
          {REPORT.map((what) => (
            <li key={what}>{t(`about.report.${what}`, { name })}</li>
          ))}
        </ul>
      </Section>
      <Section id="promise" title={t("about.deniability.title")}>
        <p>{t("about.deniability.records")}</p>
        <p>{t("about.deniability.shown")}</p>
        <p>{t("about.deniability.proof")}</p>
      </Section>
      <Section id="unverifiable" title={t("about.unverifiable.title")}>
        <p>{t("about.unverifiable.text")}</p>
      </Section>
      <Section id="limits" title={t("about.limits.title")}>
        <p>{t("about.limits.audit")}</p>
        <p>{t("about.limits.device")}</p>
        <p>{t("about.limits.handle")}</p>
      </Section>
    </Page>
  );
}
