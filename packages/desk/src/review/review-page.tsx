import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { MediaDecision, ReviewItem, ReviewState } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { TextInput } from "../ui/fields.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant } from "../ui/words.tsx";
import { DecidedSection } from "./decided-section.tsx";
import { MediaDecisionForm } from "./decision-form.tsx";
import { ItemCard } from "./item-card.tsx";
import { LookDialog } from "./look-dialog.tsx";
import { PoliciesSection } from "./policies-section.tsx";
import { reviewQuery } from "./queries.ts";
import { SeenSection } from "./seen-section.tsx";
import { useReviewAct } from "./use-review-act.ts";

/** The review of what was posted: one file at a time, closed until its reviewer opens it, and shown to nobody else. */
export function ReviewPage() {
  const api = useApi();
  const query = useQuery(reviewQuery(api));
  const may = useQuery(sessionQuery(api)).data?.may ?? [];
  return (
    <Page title={t("review.title")}>
      <p className="hint">{t("review.intro")}</p>
      <QueryNotice query={query} />
      {query.data !== undefined && <Turn state={query.data} />}
      {query.data !== undefined && query.data.known.length > 0 && <KnownSection state={query.data} />}
      {query.data !== undefined && query.data.seen.length > 0 && (
        <SeenSection seen={query.data.seen} mayHandOn={may.includes("decide-matching")} />
      )}
      <DecidedSection />
      <PoliciesSection mayDecide={may.includes("decide-matching")} />
    </Page>
  );
}

function Turn({ state }: { state: ReviewState }) {
  const { item, waiting, pause } = state;
  const take = useReviewAct<void>(
    async (api) => await api.call("POST /api/review/turns", {}),
    () => t("review.taken"),
  );
  return (
    <Section id="turn" title={t("review.turn")} count={waiting}>
      <p className="hint">
        {t("review.pause.worked", {
          worked: pause.workedMinutes,
          seen: pause.seenMinutes,
          most: pause.mostMinutesADay,
        })}
      </p>
      {pause.pauseUntil !== undefined && (
        <Notice title={t(pause.why === "day" ? "review.pause.day" : "review.pause.break")}>
          <p>
            {t("review.pause.until")} <Instant at={pause.pauseUntil} />
          </p>
        </Notice>
      )}
      {take.error !== null && <ErrorNotice error={take.error} />}
      {item === undefined ? (
        <>
          {waiting === 0 && <p className="empty">{t("review.none")}</p>}
          <div className="buttons">
            <Button
              look="primary"
              onPress={() => take.mutate()}
              isDisabled={take.isPending || pause.pauseUntil !== undefined}
            >
              {t("review.take")}
            </Button>
          </div>
        </>
      ) : (
        <InHand key={item.sha256} item={item} fileWith={state.fileWith} />
      )}
    </Section>
  );
}

function InHand({ item, fileWith }: { item: ReviewItem; fileWith: string | undefined }) {
  const [isLooking, setLooking] = useState(false);
  const path = { sha256: item.sha256 };
  const decide = useReviewAct<MediaDecision>(
    async (api, body) => {
      await api.call("POST /api/review/files/{sha256}/decision", { path, body });
      return await api.call("POST /api/review/turns", {}).catch(() => api.call("GET /api/review", {}));
    },
    ({ decision }) => t(decision === "report" ? "review.decided.report" : "review.decided.leave"),
  );
  const giveBack = useReviewAct<void>(
    async (api) => await api.call("POST /api/review/files/{sha256}/give-back", { path }),
    () => t("review.given-back"),
  );
  return (
    <article className="card evidence" aria-labelledby="review-item">
      <div className="evidence-head">
        <h3 id="review-item" className="card-title">
          {t("review.item")}
        </h3>
        <p className="evidence-facts">
          <span>
            {t("review.yours-until")} <Instant at={item.leasedUntil} />
          </span>
        </p>
      </div>
      <ItemCard item={item} />
      <div className="buttons">
        <Button onPress={() => setLooking(true)} isDisabled={!item.present}>
          {t(item.shownAt === undefined ? "review.look" : "review.look-again")}
        </Button>
        {item.shownAt === undefined && (
          <Button onPress={() => giveBack.mutate()} isDisabled={giveBack.isPending}>
            {t("review.give-back")}
          </Button>
        )}
      </div>
      {giveBack.error !== null && <ErrorNotice error={giveBack.error} />}
      <p className="hint">{t("review.view-rule")}</p>
      <MediaDecisionForm
        item={item}
        fileWith={fileWith}
        isBusy={decide.isPending}
        error={decide.error}
        onDecide={(decision) => decide.mutate(decision)}
      />
      {isLooking && <LookDialog item={item} onClose={() => setLooking(false)} />}
    </article>
  );
}

/** Reports of files that were decided before, or that a trusted list has graded: filed by one act, with nobody opening them. */
function KnownSection({ state }: { state: ReviewState }) {
  const [reason, setReason] = useState("");
  const reports = state.known.map(({ report }) => report);
  const file = useReviewAct<void>(
    async (api) => await api.call("POST /api/review/known", { body: { reports, reason: reason.trim() } }),
    () => t("review.known.done", { count: reports.length }),
    () => setReason(""),
  );
  return (
    <Section id="known" title={t("review.known.title")} count={state.known.length}>
      <p className="hint">{t("review.known.intro")}</p>
      <ul className="plain">
        {state.known.map(({ report, number, at, files }) => (
          <li key={report}>
            <Link to="/reports/$id" params={{ id: report }}>
              {t("queue.number", { number })}
            </Link>{" "}
            {t("review.known.files", { count: files })} <Instant at={at} />
          </li>
        ))}
      </ul>
      {state.fileWith === undefined ? (
        <p>{t("review.known.no-peer")}</p>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== "" && !file.isPending) file.mutate();
          }}
        >
          <TextInput label={t("review.reason")} value={reason} onChange={setReason} required />
          {file.error !== null && <ErrorNotice error={file.error} acted />}
          <div className="buttons">
            <Button type="submit" look="primary" isDisabled={file.isPending}>
              {t("review.known.file", { count: reports.length, peer: state.fileWith })}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}
