import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "../app/navigation.tsx";
import type { Route } from "../app/route.ts";
import { t } from "../messages/catalogue.ts";
import { Icon } from "./icon.tsx";

interface Props {
  title: string;
  /** Where the arrow before the title leads, and what it is called. */
  back?: { readonly to: Route; readonly label: string };
  /** On a wide screen the arrow would lead to what stands beside the page already. */
  isBackForPhones?: boolean;
  children: ReactNode;
}

/** A page of settings or forms: its title in the tab, its heading, and focus when it opens. */
export function Page({ title, back, isBackForPhones = false, children }: Props) {
  const heading = usePageTitle(title);
  return (
    <main id="main" className="page">
      <div className="page-inner">
        <div className="page-head">
          {back !== undefined && (
            <span className={isBackForPhones ? "for-phones" : undefined}>
              <Link to={back.to} className="icon-button icon-button-round" label={back.label}>
                <Icon name="back" />
              </Link>
            </span>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {children}
      </div>
    </main>
  );
}

/** Names the tab and puts the focus on the heading, which a screen reader then says. */
export function usePageTitle(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t("app.page-title", { page: title });
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

/** A part of a page, with its heading. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} className="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}
