import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { isSignedOut } from "../api/error.ts";
import { sessionQuery } from "../api/queries.ts";
import { t } from "../messages/catalogue.ts";
import { CallBanner } from "../paging/call-banner.tsx";
import { UnansweredCount } from "../paging/unanswered-count.tsx";
import { OpenTasksCount } from "../tasks/open-count.tsx";
import { formatInstant } from "../time/instant.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { PreferencesDialog } from "./preferences-dialog.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useSignOut } from "./use-sign-out.ts";

/** Notice enough to finish a sentence and ask for a new link (WCAG 2.2.1). */
const WARN_MS = 10 * 60_000;

/** What stands around every page once somebody is signed in. */
export function Shell() {
  const session = useQuery(sessionQuery(useApi()));
  const signOut = useSignOut();
  const [dialog, setDialog] = useState<"help" | "preferences">();
  useShortcuts({ "?": () => setDialog("help") });
  const view = session.data;
  return (
    <>
      <a className="skip-link" href="#main">
        {t("nav.skip")}
      </a>
      <header className="top">
        <div className="top-bar">
          <p className="top-name">
            <span className="top-product">{t("app.name")}</span>
            <span className="top-station">{view?.station.name}</span>
          </p>
          <div className="top-person">
            {view !== undefined && (
              <span>{t("nav.person", { name: view.person.name, role: view.person.role })}</span>
            )}
            <Button look="link" onPress={() => setDialog("preferences")}>
              {t("nav.preferences")}
            </Button>
            <Button look="link" shortcut="?" onPress={() => setDialog("help")}>
              {t("nav.help")}
            </Button>
            <Button look="link" onPress={() => signOut.mutate()} isDisabled={signOut.isPending}>
              {t("nav.sign-out")}
            </Button>
          </div>
        </div>
        <nav className="top-nav" aria-label={t("nav.label")}>
          <Link to="/" activeOptions={{ includeSearch: false }}>
            {t("nav.queue")}
          </Link>
          {view?.may.includes("review-media") === true && <Link to="/review">{t("review.nav")}</Link>}
          {view?.may.includes("review-accounts") === true && <Link to="/accounts">{t("accounts.nav")}</Link>}
          <Link to="/safeguarding" activeOptions={{ includeSearch: false }}>
            {t("safeguarding.nav")}
          </Link>
          <Link to="/pages">
            {t("paging.nav")} <UnansweredCount />
          </Link>
          <Link to="/tasks" activeOptions={{ includeSearch: false }}>
            {t("tasks.nav")} <OpenTasksCount />
          </Link>
          <Link to="/keeping" activeOptions={{ includeSearch: false }}>
            {t("keeping.nav")}
          </Link>
          <Link to="/requests">{t("nav.requests")}</Link>
          {view?.may.includes("view-senders") === true && <Link to="/senders">{t("nav.senders")}</Link>}
          <Link to="/campaigns">{t("nav.campaigns")}</Link>
          {view?.may.includes("view-peers") === true && (
            <Link to="/conflicts" activeOptions={{ includeSearch: false }}>
              {t("conflicts.nav")}
            </Link>
          )}
          {view?.may.includes("view-banks") === true && <Link to="/banks">{t("banks.nav")}</Link>}
          {view?.may.includes("view-peers") === true && <Link to="/peers">{t("nav.peers")}</Link>}
          {view?.may.includes("view-audit") === true && <Link to="/audit">{t("nav.audit")}</Link>}
        </nav>
      </header>
      <CallBanner />
      {isSignedOut(session.error) ? (
        <SessionOver />
      ) : (
        view !== undefined && <SessionEnds at={view.expiresAt} />
      )}
      <Outlet />
      <HelpDialog isOpen={dialog === "help"} onClose={() => setDialog(undefined)} />
      <PreferencesDialog isOpen={dialog === "preferences"} onClose={() => setDialog(undefined)} />
    </>
  );
}

function SessionOver() {
  return (
    <div className="band">
      <Notice tone="alert" title={t("session.over.title")}>
        <p>{t("session.over.text")}</p>
      </Notice>
    </div>
  );
}

function SessionEnds({ at }: { at: string }) {
  const now = useNow();
  if (Date.parse(at) - now > WARN_MS) return null;
  return (
    <div className="band">
      <Notice tone="alert" title={t("session.ends.title", { left: timeLeft(at, now) })}>
        <p>{t("session.ends.text", { at: formatInstant(at) })}</p>
      </Notice>
    </div>
  );
}
