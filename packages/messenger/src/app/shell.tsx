import { type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import { ConversationPage } from "../conversation/conversation-page.tsx";
import { t } from "../messages/catalogue.ts";
import { ReceiptPage } from "../report/receipt-page.tsx";
import { ReceiptsPage } from "../report/receipts-page.tsx";
import type { ReportSubject } from "../report/begin-draft.ts";
import { ReportSheet } from "../report/report-sheet.tsx";
import { Asks } from "../rooms/asks.tsx";
import { NewRoomPage } from "../rooms/new-room-page.tsx";
import { RoomDetailsPage } from "../rooms/room-details-page.tsx";
import { RoomList } from "../rooms/room-list.tsx";
import { AboutPage } from "../settings/about-page.tsx";
import { HelpPage } from "../settings/help-page.tsx";
import { SettingsPage } from "../settings/settings-page.tsx";
import { Icon } from "../ui/icon.tsx";
import { RestorePage } from "../welcome/restore-page.tsx";
import { Bands } from "./bands.tsx";
import { Link, useRoute } from "./navigation.tsx";
import type { Route } from "./route.ts";

/** The list of conversations, and beside it - on a phone in its place - whatever is open. */
export function Shell() {
  const route = useRoute();
  const [subject, setSubject] = useState<ReportSubject | null>(null);
  const roomId = "roomId" in route ? route.roomId : null;
  const onReport = useCallback(
    (messageKeys: readonly string[]) => {
      if (roomId !== null) setSubject({ roomId, messageKeys });
    },
    [roomId],
  );
  return (
    <div className="shell" data-open={route.page === "rooms" ? undefined : route.page}>
      <a className="skip-link" href="#main" onClick={skipToMain}>
        {t("app.skip")}
      </a>
      <Side
        isPage={route.page === "rooms"}
        route={route}
        onReport={(id) => setSubject({ roomId: id, messageKeys: [] })}
      />
      <Opened route={route} onReport={onReport} />
      <ReportSheet subject={subject} onClose={() => setSubject(null)} />
    </div>
  );
}

/** The conversations. While nothing else is open they are the page; otherwise they stand beside it. */
function Side({
  isPage,
  route,
  onReport,
}: {
  isPage: boolean;
  route: Route;
  onReport: (roomId: string) => void;
}) {
  const title = t("rooms.title");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isPage) return;
    document.title = t("app.page-title", { page: title });
    heading.current?.focus({ preventScroll: true });
  }, [isPage, title]);
  const inside = (
    <>
      <header className="side-head">
        {isPage ? (
          <h1 className="side-title" ref={heading} tabIndex={-1}>
            {title}
          </h1>
        ) : (
          <h2 className="side-title">{title}</h2>
        )}
        <Link
          to={{ page: "new" }}
          className="icon-button icon-button-round"
          label={t("rooms.new")}
          isCurrent={route.page === "new"}
        >
          <Icon name="plus" />
        </Link>
        <Link
          to={{ page: "settings" }}
          className="icon-button icon-button-round"
          label={t("rooms.settings")}
          isCurrent={route.page === "settings"}
        >
          <Icon name="settings" />
        </Link>
      </header>
      <Bands onReport={onReport} />
      <nav className="side-list" aria-label={title}>
        <Asks />
        <RoomList currentId={"roomId" in route ? route.roomId : null} />
      </nav>
    </>
  );
  return isPage ? (
    <main id="main" className="side">
      {inside}
    </main>
  ) : (
    <div className="side">{inside}</div>
  );
}

/** The address after `#` names the page, so a plain link to a place in it would leave it. */
function skipToMain(event: MouseEvent) {
  event.preventDefault();
  const main = document.querySelector<HTMLElement>("#main");
  main?.setAttribute("tabindex", "-1");
  main?.focus();
}

interface OpenedProps {
  route: Route;
  onReport: (messageKeys: readonly string[]) => void;
}

function Opened({ route, onReport }: OpenedProps) {
  switch (route.page) {
    case "room":
      return <ConversationPage roomId={route.roomId} onReport={onReport} />;
    case "details":
      return <RoomDetailsPage key={route.roomId} roomId={route.roomId} onReport={() => onReport([])} />;
    case "new":
      return <NewRoomPage />;
    case "settings":
      return <SettingsPage />;
    case "about":
      return <AboutPage />;
    case "help":
      return <HelpPage />;
    case "reports":
      return <ReceiptsPage />;
    case "report":
      return <ReceiptPage reportId={route.reportId} />;
    case "restore":
      return <RestorePage />;
    case "rooms":
    case "make":
    case "link":
      return <Nothing />;
  }
}

function Nothing() {
  return (
    <aside className="nothing" aria-label={t("rooms.nothing-open")}>
      <p>{t("rooms.pick")}</p>
    </aside>
  );
}
