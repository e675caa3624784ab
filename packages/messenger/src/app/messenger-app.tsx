import { useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Messenger } from "../client/types.ts";
import { createDrafts, DraftsContext } from "../conversation/drafts.tsx";
import { LOCALE, t } from "../messages/catalogue.ts";
import { AboutPage } from "../settings/about-page.tsx";
import { HelpPage } from "../settings/help-page.tsx";
import { NowProvider } from "../time/now.tsx";
import { LinkPage } from "../welcome/link-page.tsx";
import { MakePage } from "../welcome/make-page.tsx";
import { RestorePage } from "../welcome/restore-page.tsx";
import { WelcomePage } from "../welcome/welcome-page.tsx";
import { AnnouncerProvider } from "./announcer.tsx";
import { MessengerContext, useMessengerState } from "./messenger-context.tsx";
import { type Navigation, NavigationContext, useRoute } from "./navigation.tsx";
import { News } from "./news.tsx";
import { PreferenceContext, type PreferenceStore } from "./preferences.ts";
import { Shell } from "./shell.tsx";
import { Status } from "../ui/status.tsx";

interface Props {
  messenger: Messenger;
  preferences: PreferenceStore;
  navigation: Navigation;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** The whole messenger, given everything that it needs from outside. */
export function MessengerApp({ messenger, preferences, navigation, clock }: Props) {
  const [drafts] = useState(createDrafts);
  return (
    <I18nProvider locale={LOCALE}>
      <MessengerContext value={messenger}>
        <NavigationContext value={navigation}>
          <PreferenceContext value={preferences}>
            <DraftsContext value={drafts}>
              <NowProvider clock={clock}>
                <AnnouncerProvider>
                  <Phase />
                </AnnouncerProvider>
              </NowProvider>
            </DraftsContext>
          </PreferenceContext>
        </NavigationContext>
      </MessengerContext>
    </I18nProvider>
  );
}

function Phase() {
  const { phase } = useMessengerState();
  switch (phase) {
    case "starting":
      return (
        <main id="main" className="opening">
          <h1 className="visually-hidden">{t("app.opening")}</h1>
          <Status>{t("app.opening")}</Status>
        </main>
      );
    case "welcome":
      return <BeforeAccount />;
    case "ready":
    case "removed":
      return (
        <>
          <News />
          <Shell />
        </>
      );
  }
}

/** What there is before there is an account; every other address leads to the first page. */
function BeforeAccount() {
  const route = useRoute();
  switch (route.page) {
    case "make":
      return <MakePage />;
    case "link":
      return <LinkPage />;
    case "restore":
      return <RestorePage />;
    case "about":
      return <AboutPage />;
    case "help":
      return <HelpPage />;
    default:
      return <WelcomePage />;
  }
}
