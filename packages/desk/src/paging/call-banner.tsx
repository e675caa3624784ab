import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { useApi } from "../api/context.ts";
import { isSignedOut } from "../api/error.ts";
import type { PageView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { timeAgo } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { alertText, stageText } from "./call-words.ts";
import { callsQuery } from "./queries.ts";
import { useAnswer } from "./use-answer.ts";

/**
 * The call to whoever sits here, over every page and every open dialog. It is said at once and moves no focus: somebody may be typing.
 * F8 goes to it from anywhere.
 */
export function CallBanner() {
  const calls = useQuery(callsQuery(useApi()));
  const ringing = (calls.data?.pages ?? []).filter(({ rings }) => rings);
  const banner = useRef<HTMLElement>(null);
  const [first] = ringing;
  useEffect(() => {
    const goThere = (event: KeyboardEvent) => {
      if (event.key !== "F8" || banner.current === null) return;
      event.preventDefault();
      banner.current.querySelector<HTMLElement>("a, button")?.focus();
    };
    // Before a dialog or a field sees the key.
    document.addEventListener("keydown", goThere, true);
    return () => document.removeEventListener("keydown", goThere, true);
  }, []);
  useHeight(banner, first !== undefined);
  return (
    <>
      {/* React Aria hides everything outside an open dialog from assistive technology, except live announcers. */}
      <div role="alert" className="visually-hidden" data-live-announcer="true">
        {alertText(ringing)}
      </div>
      {calls.isError && !isSignedOut(calls.error) && (
        <div className="band">
          <Notice tone="alert" title={t("paging.deaf.title")}>
            <p>{t("paging.deaf.text")}</p>
          </Notice>
        </div>
      )}
      {first !== undefined && (
        <section
          ref={banner}
          className="call-banner"
          data-stage={first.stage}
          aria-label={t("paging.banner")}
          data-react-aria-top-layer="true"
        >
          <Call call={first} others={ringing.length - 1} />
        </section>
      )}
    </>
  );
}

/** Tells the style sheet how much of the window the banner takes, so that it covers neither a dialog nor what has the focus (WCAG 2.4.11). */
function useHeight(banner: RefObject<HTMLElement | null>, isThere: boolean): void {
  useLayoutEffect(() => {
    const element = banner.current;
    if (!isThere || element === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      // Above half of the window it would leave nothing to read: there it covers.
      const height = Math.min(element.offsetHeight, window.innerHeight / 2);
      style.setProperty("--call-height", `${height}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty("--call-height");
    };
  }, [banner, isThere]);
}

function Call({ call, others }: { call: PageView; others: number }) {
  const now = useNow();
  const answer = useAnswer("answer");
  const [trigger] = call.triggers;
  const isAnswering = useRef(false);
  // The button goes with the last call; whoever pressed it goes on at the page's title.
  useEffect(
    () => () => {
      if (isAnswering.current)
        document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
    },
    [],
  );
  return (
    <div className="call-inner">
      <div className="call-words">
        <p className="call-title">
          {call.task === undefined
            ? t("paging.headline", { number: call.number ?? "" })
            : t("paging.headline-task")}{" "}
          <span className="call-ago">{timeAgo(call.raisedAt, now)}</span>
        </p>
        {trigger !== undefined && (
          <p>
            {trigger.text}{" "}
            {trigger.says !== undefined && <span>{t("paging.says", { says: trigger.says })}</span>}{" "}
            {call.task === undefined && (
              <span className="call-field">
                {t("paging.by", { source: trigger.source })}, <code>{trigger.path}</code>
              </span>
            )}
          </p>
        )}
        <p className="call-stage">
          {stageText(call)} {t("paging.key-hint")}
        </p>
        {answer.error !== null && <ErrorNotice error={answer.error} acted />}
      </div>
      <div className="call-buttons">
        {call.task === undefined && call.report !== undefined ? (
          <Link to="/reports/$id" params={{ id: call.report }} className="button button-plain">
            {t("paging.open", { number: call.number ?? "" })}
          </Link>
        ) : (
          <Link to="/tasks" className="button button-plain">
            {t("paging.open-tasks")}
          </Link>
        )}
        <Button
          look="primary"
          isDisabled={answer.isPending}
          onPress={() => {
            isAnswering.current = true;
            answer.mutate(call, { onError: () => (isAnswering.current = false) });
          }}
        >
          {t("paging.answer")}
        </Button>
        {others > 0 && <Link to="/pages">{t("paging.more", { count: others })}</Link>}
      </div>
    </div>
  );
}
