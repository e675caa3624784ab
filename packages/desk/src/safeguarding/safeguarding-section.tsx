import { useState } from "react";
import type { Child, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Reasons } from "../report/reasons.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { ChildReferralItem, Due } from "./child-referral.tsx";
import { declineWords, ReasonDialog } from "./reason-dialog.tsx";
import { ReferChildDialog } from "./refer-child-dialog.tsx";

/** What the report means for a child, by when somebody must be told, and how far people have got. It waits for nothing else on the page. */
export function SafeguardingSection({ view }: { view: ReportView }) {
  const child = view.safeguarding;
  const [open, setOpen] = useState<"refer" | "decline">();
  const [done, setDone] = useState<string>();
  const close = () => setOpen(undefined);
  const dialog = {
    onClose: close,
    onDone: (said: string) => {
      close();
      setDone(said);
    },
  };
  if (child === undefined)
    return (
      <Section id="safeguarding" title={t("safeguarding.title")}>
        <Unknown>{t("safeguarding.unassessed")}</Unknown>
      </Section>
    );
  const may = view.may.includes("refer-safeguarding");
  return (
    <Section id="safeguarding" title={t("safeguarding.title")}>
      {child.lane === "safeguarding-first" && <LaneNotice child={child} />}
      <p>
        <Tag tone={child.state === "undecided" || child.state === "decided" ? "strong" : "plain"}>
          {t(`safeguarding.state.${child.state}`)}
        </Tag>
      </p>
      {child.state === "undecided" && <Due at={child.dueAt} />}
      <ChildFacts child={child} view={view} />
      {child.declined !== undefined && (
        <>
          <p className="timeline-by">
            {t("safeguarding.declined-by", { who: child.declined.by })} <Instant at={child.declined.at} />
          </p>
          <AsSent>{child.declined.reason}</AsSent>
          {!child.declined.holds && <p className="trouble">{t("safeguarding.declined-ended")}</p>}
        </>
      )}
      {child.authorities.length === 0 && child.called && (
        <Notice title={t("safeguarding.not-configured.title")}>
          <p>{t("safeguarding.not-configured.text")}</p>
        </Notice>
      )}
      {done !== undefined && <Notice tone="done" title={done} />}
      {may && (
        <p className="buttons">
          {child.authorities.length > 0 && (
            <Button look={child.state === "undecided" ? "primary" : "plain"} onPress={() => setOpen("refer")}>
              {t("safeguarding.refer")}
            </Button>
          )}
          {child.state === "undecided" && (
            <Button onPress={() => setOpen("decline")}>{t("safeguarding.not-needed")}</Button>
          )}
        </p>
      )}
      {child.referrals.length > 0 && (
        <>
          <h3>{t("safeguarding.referrals")}</h3>
          <ol className="timeline">
            {child.referrals.map((referral) => (
              <ChildReferralItem key={referral.id} referral={referral} view={view} onDone={setDone} />
            ))}
          </ol>
        </>
      )}
      {open === "refer" && <ReferChildDialog view={view} {...dialog} />}
      {open === "decline" && (
        <ReasonDialog
          report={view.entry.id}
          words={declineWords(view.entry.number)}
          step={(reason) => ({ step: "not-needed", reason })}
          {...dialog}
        />
      )}
    </Section>
  );
}

/** What is different about a report in which safeguarding goes first. */
function LaneNotice({ child }: { child: Child }) {
  return (
    <Notice title={t("lane.title")}>
      <p>{t("lane.different")}</p>
      <ul>
        {child.laneReasons.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {child.agesUnknown > 0 && <Unknown>{t("lane.ages-unknown", { count: child.agesUnknown })}</Unknown>}
    </Notice>
  );
}

function ChildFacts({ child, view }: { child: Child; view: ReportView }) {
  const { area } = child;
  return (
    <SummaryList
      rows={[
        { term: t("safeguarding.how-soon"), value: t(`safeguarding.urgency.${child.urgency}`) },
        {
          term: t("safeguarding.child"),
          value:
            child.child === "unknown" ? (
              <Unknown>{t("safeguarding.child.unknown")}</Unknown>
            ) : (
              t(`safeguarding.child.${child.child}`)
            ),
        },
        {
          term: t("safeguarding.area"),
          value:
            area.agencyName === undefined ? (
              <Unknown>{t("safeguarding.area.unknown")}</Unknown>
            ) : (
              t("safeguarding.area.value", { agency: area.agencyName })
            ),
        },
        {
          term: t("safeguarding.why"),
          value: (
            <>
              {child.victimLed && <p>{t("safeguarding.victim-led")}</p>}
              <Reasons reasons={child.reasons} view={view} />
            </>
          ),
        },
      ]}
    />
  );
}
