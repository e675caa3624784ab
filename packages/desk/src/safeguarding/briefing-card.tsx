import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { ChildReferral, ReportView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { briefingOf } from "./briefing.ts";

const WAYS = ["telephone", "outOfHours", "portal", "email", "note"] as const;

/** How to reach an authority, and what to say. */
export function BriefingCard({ contact, view }: { contact: ChildReferral["contact"]; view: ReportView }) {
  const station = useQuery(sessionQuery(useApi())).data?.station.name ?? "";
  const announce = useAnnounce();
  const [told, setTold] = useState<string>();
  const text = briefingOf(view, station);
  const copy = async () => {
    const said = await navigator.clipboard.writeText(text).then(
      () => t("briefing.copied"),
      () => t("briefing.not-copied"),
    );
    setTold(said);
    announce(said);
  };
  return (
    <div className="card">
      <h4>{t("contact.title")}</h4>
      <SummaryList
        rows={WAYS.map((way) => {
          const value = contact[way];
          return value === undefined ? undefined : { term: t(`contact.${way}`), value: reach(way, value) };
        })}
      />
      <p className="hint">{t("contact.opens-elsewhere")}</p>
      <h4>{t("briefing.title")}</h4>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text scrolls, and keys must reach it */}
      <pre className="long-text briefing" tabIndex={0} aria-label={t("briefing.title")}>
        {text}
      </pre>
      <p>
        <Button onPress={() => void copy()}>{t("briefing.copy")}</Button> {told}
      </p>
    </div>
  );
}

function reach(way: (typeof WAYS)[number], value: string) {
  if (way === "portal")
    return (
      <a href={value} target="_blank" rel="noreferrer noopener">
        {value}
      </a>
    );
  return way === "telephone" || way === "outOfHours" ? <strong>{value}</strong> : value;
}
