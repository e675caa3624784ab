import { Link } from "../app/navigation.tsx";
import { useMessengerState } from "../app/messenger-context.tsx";
import type { Route } from "../app/route.ts";
import { t } from "../messages/catalogue.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { usePageTitle } from "../ui/page.tsx";

const WAYS = [
  { page: "make", icon: "person", title: "welcome.make", text: "welcome.make-text" },
  { page: "link", icon: "device", title: "welcome.link", text: "welcome.link-text" },
  { page: "restore", icon: "key", title: "welcome.restore", text: "welcome.restore-text" },
] as const satisfies readonly { page: Route["page"]; icon: IconName; title: string; text: string }[];

/** The first page on a device: three ways in. */
export function WelcomePage() {
  const { hub } = useMessengerState();
  const heading = usePageTitle(t("welcome.title"));
  return (
    <main id="main" className="welcome">
      <div className="welcome-inner">
        <img className="welcome-mark" src="/messenger/icon.svg" alt="" width="72" height="72" />
        <h1 ref={heading} tabIndex={-1}>
          {t("welcome.title")}
        </h1>
        <p className="lead">
          {hub === null ? t("welcome.lead") : t("welcome.lead-named", { hub: hub.name })}
        </p>
        <ul className="ways">
          {WAYS.map(({ page, icon, title, text }) => (
            <li key={page}>
              <Link to={{ page }} className="way">
                <Icon name={icon} />
                <span className="way-words">
                  <span className="way-title">{t(title)}</span>
                  <span className="hint">{t(text)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <p className="hint">
          <Link to={{ page: "about" }}>{t("welcome.about")}</Link>
        </p>
      </div>
    </main>
  );
}
