import type { Assessment, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { LeftEmptyNotice } from "../senders/left-empty.tsx";
import { formatInstant } from "../time/instant.ts";
import { nearness, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { LevelMark, TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Unknown } from "../ui/words.tsx";
import { AttributeStrip } from "./attribute-strip.tsx";
import { Doubts } from "./doubts.tsx";
import { IncidentFacts } from "./incident-facts.tsx";
import { NextRequest } from "./next-request.tsx";
import { Reasons } from "./reasons.tsx";

/** What is most urgent, why, how far the report can carry, what holds it down, and until when. */
export function SummarySection({ view }: { view: ReportView }) {
  const { assessment } = view;
  return (
    <Section id="summary" title={t("summary.title")}>
      <LeftEmptyNotice entry={view.entry} />
      {assessment === undefined ? (
        <p>
          <Unknown>{t("summary.unassessed")}</Unknown>
        </p>
      ) : (
        <>
          <div className="summary-cards">
            <Urgency assessment={assessment} view={view} />
            <Support assessment={assessment} />
          </div>
          <AttributeStrip attributes={assessment.attributes} view={view} />
          <Doubts doubts={assessment.doubts} view={view} />
          <NextRequest assessment={assessment} />
          <p className="hint">
            {t("summary.rules", { version: assessment.ruleVersion })} <Instant at={assessment.at} />
          </p>
        </>
      )}
      <IncidentFacts view={view} />
    </Section>
  );
}

function Urgency({ assessment, view }: { assessment: Assessment; view: ReportView }) {
  return (
    <div className="card">
      <h3 className="card-title">{t("summary.urgency")}</h3>
      <p className="card-grade">
        <TierMark tier={assessment.tier} />
      </p>
      <p>{t(`tier.limit.${assessment.tier}`)}</p>
      <Reasons reasons={assessment.tierReasons} view={view} />
      <p className="hint">{t("summary.urgency-person")}</p>
      {assessment.unknown.length > 0 && (
        <>
          <h4>{t("summary.unknown")}</h4>
          <Gradually items={[...new Set(assessment.unknown)]} step={5}>
            {(items) => (
              <ul className="unknowns">
                {items.map((text) => (
                  <li key={text}>
                    <Unknown>{text}</Unknown>
                  </li>
                ))}
              </ul>
            )}
          </Gradually>
        </>
      )}
    </div>
  );
}

function Support({ assessment }: { assessment: Assessment }) {
  const binding = assessment.attributes.filter((attribute) => attribute.binding);
  return (
    <div className="card">
      <h3 className="card-title">{t("summary.level")}</h3>
      <p className="card-grade">
        <LevelMark level={assessment.level} /> {assessment.levelText}
      </p>
      {binding.length === 0 ? (
        <p>{t("summary.no-binding")}</p>
      ) : (
        <>
          <h4>{t("summary.binding")}</h4>
          <ul className="reasons">
            {binding.map(({ attribute, value, text }) => (
              <li key={attribute}>
                <strong>{t(`attribute.${attribute}`)}</strong> {value}: {text}
              </li>
            ))}
          </ul>
        </>
      )}
      <h4>{t("summary.clock")}</h4>
      <Clock clock={assessment.clock} />
    </div>
  );
}

function Clock({ clock }: { clock: Assessment["clock"] }) {
  const now = useNow();
  if (clock === undefined) return <Unknown>{t("queue.clock.none")}</Unknown>;
  return (
    <p className="clock" data-near={nearness(clock.endsAt, now)}>
      <strong>{timeLeft(clock.endsAt, now)}</strong>{" "}
      {t("summary.clock-ends", { at: formatInstant(clock.endsAt) })}
      <span className="hint">{clock.what}</span>
    </p>
  );
}
