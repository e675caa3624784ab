import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../messages/catalogue.ts";

interface Props {
  title: string;
  /** What stands beside the title. */
  aside?: ReactNode;
  /** The page puts scroll and focus where they belong; without it, at the top and on the title, which a screen reader says. */
  keepsFocus?: boolean;
  children: ReactNode;
}

/** A page: its title in the tab, its heading, and focus when it opens. */
export function Page({ title, aside, keepsFocus = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t("app.page-title", { page: title });
  }, [title]);
  useEffect(() => {
    if (keepsFocus) return;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [keepsFocus]);
  return (
    <main id="main" className="page">
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1} className="page-title">
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </main>
  );
}
