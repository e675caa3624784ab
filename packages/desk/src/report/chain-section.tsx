import type { OutcomeView, ReferralView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Section } from "../ui/section.tsx";
import { countriesWords } from "../whereabouts/country-words.ts";
import { AsSent, Instant, Tag } from "../ui/words.tsx";

/** What the chain made of it: where the report went, what came of it, and whether that has travelled back. */
export function ChainSection({ view }: { view: ReportView }) {
  const { referrals, outcomes } = view;
  return (
    <Section id="chain" title={t("chain.title")} count={referrals.length + outcomes.length}>
      {referrals.length === 0 && outcomes.length === 0 && <p>{t("chain.none")}</p>}
      <ol className="timeline">
        {referrals.map((referral) => (
          <ReferralItem key={referral.id} referral={referral} />
        ))}
        {outcomes.map((outcome) => (
          <OutcomeItem key={outcome.id} outcome={outcome} />
        ))}
      </ol>
      {referrals.length > 0 && outcomes.length === 0 && <p className="hint">{t("chain.no-outcome-yet")}</p>}
    </Section>
  );
}

function ReferralItem({ referral }: { referral: ReferralView }) {
  const {
    peerName,
    agencyName,
    state,
    deliveredAt,
    remoteReference,
    lastError,
    nextAttemptAt,
    attempts,
    abroad,
  } = referral;
  return (
    <li className="timeline-item">
      <p className="timeline-title">
        {t("chain.referred", { to: agencyName ?? peerName })}{" "}
        <Tag tone={state === "failed" ? "alert" : state === "delivered" ? "strong" : "plain"}>
          {t(`referral.${state}`)}
        </Tag>
        {abroad !== undefined && (
          <>
            {" "}
            <Tag tone="quiet">{t("chain.abroad", { countries: countriesWords(abroad) })}</Tag>
          </>
        )}
      </p>
      <p className="timeline-by">
        {t("chain.decided-by", { by: referral.decidedBy })} <Instant at={referral.decidedAt} />
      </p>
      <p>
        {t("chain.reason")} <AsSent>{referral.reason}</AsSent>
      </p>
      {deliveredAt !== undefined && (
        <p>
          {t("chain.delivered", { peer: peerName })} <Instant at={deliveredAt} />{" "}
          {remoteReference !== undefined && t("chain.remote-reference", { reference: remoteReference })}
        </p>
      )}
      {deliveredAt === undefined && lastError !== undefined && (
        <p className="trouble">
          {t("chain.attempts", { count: attempts })} {lastError}{" "}
          {nextAttemptAt !== undefined && (
            <>
              {t("chain.next-attempt")} <Instant at={nextAttemptAt} />
            </>
          )}
        </p>
      )}
    </li>
  );
}

function OutcomeItem({ outcome }: { outcome: OutcomeView }) {
  const { text, recordedAt, by, returned, returnedTo, lastError } = outcome;
  return (
    <li className="timeline-item timeline-outcome">
      <p className="timeline-title">{text}</p>
      <p className="timeline-by">
        {t("chain.recorded-by", { by })} <Instant at={recordedAt} />
      </p>
      <p>
        <Tag tone={returned === "failed" ? "alert" : returned === "delivered" ? "strong" : "plain"}>
          {t(`returned.${returned}`)}
        </Tag>{" "}
        {returned === "nowhere"
          ? t("chain.returns-nowhere")
          : t("chain.returns-to", { to: returnedTo ?? t("chain.the-sender") })}
      </p>
      {returned !== "delivered" && lastError !== undefined && <p className="trouble">{lastError}</p>}
    </li>
  );
}
