import { hasArrivals } from "../../arrivals/arrivals-section.tsx";
import { hasOrigin } from "../../origin/origin-section.tsx";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../api/context.ts";
import type { ReportView, UkDirectView } from "../../api/shapes.ts";
import { useShortcuts, type ShortcutKey } from "../../app/shortcuts.ts";
import { t } from "../../messages/catalogue.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DraftDialog } from "../../requests/draft-dialog.tsx";
import { ReferChildDialog } from "../../safeguarding/refer-child-dialog.tsx";
import { hasUkDirect, ukDirectQuery } from "../../uk-direct/queries.ts";
import { linkedReports } from "../linked-reports.ts";
import { shownStatements } from "../statements-section.tsx";
import { ClaimDialog } from "./claim-dialog.tsx";
import { OutcomeDialog } from "./outcome-dialog.tsx";
import { ReferDialog } from "./refer-dialog.tsx";
import { UrgencyDialog } from "./urgency-dialog.tsx";
import { useNextReport } from "./use-next-report.ts";

/** What a person can decide here, the key for it, and the right that the station must have given. */
const ACTIONS = [
  { action: "make-requests", key: "a" },
  { action: "add-claim", key: "c" },
  { action: "lower-urgency", key: "u" },
  { action: "refer", key: "r" },
  { action: "refer-safeguarding", key: "s" },
  { action: "record-outcome", key: "o" },
] as const satisfies readonly { action: string; key: ShortcutKey }[];
type Action = (typeof ACTIONS)[number]["action"];

/** What can I do now: only what the station would not refuse. */
export function ActionsPanel({ view }: { view: ReportView }) {
  const { id } = view.entry;
  const navigate = useNavigate();
  const goOn = useNextReport(id);
  const [open, setOpen] = useState<Action>();
  const [done, setDone] = useState<string>();
  const may = (action: Action) => allowed(view, action);
  const start = (action: Action) => (may(action) ? () => setOpen(action) : undefined);
  useShortcuts({
    n: goOn,
    q: () => void navigate({ to: "/" }),
    a: start("make-requests"),
    c: start("add-claim"),
    u: start("lower-urgency"),
    r: start("refer"),
    s: start("refer-safeguarding"),
    o: start("record-outcome"),
  });
  const dialog = {
    view,
    onClose: () => setOpen(undefined),
    onDone: (said: string) => {
      setOpen(undefined);
      setDone(said);
    },
  };
  const possible = ACTIONS.filter(({ action }) => may(action));
  return (
    <aside className="actions" aria-labelledby="actions-title">
      <h2 id="actions-title" className="section-title">
        {t("actions.title")}
      </h2>
      {done !== undefined && <Notice tone="done" title={done} />}
      {possible.length === 0 && <p>{t("actions.none")}</p>}
      <ul className="actions-list">
        {possible.map(({ action, key }) => (
          <li key={action}>
            <Button
              shortcut={key}
              look={action === "refer" ? "primary" : "plain"}
              onPress={() => setOpen(action)}
            >
              {t(`actions.${action}`)}
            </Button>
          </li>
        ))}
        <li>
          <Button shortcut="n" onPress={goOn}>
            {t("actions.next")}
          </Button>
        </li>
      </ul>
      <Contents view={view} />
      {open === "make-requests" && <DraftDialog {...dialog} />}
      {open === "add-claim" && <ClaimDialog {...dialog} />}
      {open === "lower-urgency" && <UrgencyDialog {...dialog} />}
      {open === "refer" && <ReferDialog {...dialog} />}
      {open === "refer-safeguarding" && <ReferChildDialog {...dialog} />}
      {open === "record-outcome" && <OutcomeDialog {...dialog} />}
    </aside>
  );
}

/** A right that there is nothing to use on is not offered either. */
function allowed(view: ReportView, action: Action): boolean {
  if (!view.may.includes(action)) return false;
  if (action === "refer") return view.destinations.length > 0;
  if (action === "refer-safeguarding") return (view.safeguarding?.authorities.length ?? 0) > 0;
  if (action === "lower-urgency") return view.assessment !== undefined && view.assessment.tier !== "R5";
  return true;
}

const PLACES = [
  "summary",
  "arrivals",
  "whereabouts",
  "calls",
  "safeguarding",
  "conflicts",
  "requests",
  "uk-direct",
  "people",
  "events",
  "origin",
  "evidence",
  "statements",
  "claims",
  "links",
  "chain",
  "keeping",
  "history",
] as const;

/** The page's sections, by link, with how much each holds. */
function Contents({ view }: { view: ReportView }) {
  const ukDirect = useQuery(ukDirectQuery(useApi(), view.entry.id)).data;
  const counts: Partial<Record<(typeof PLACES)[number], number>> = {
    arrivals: view.arrivals.members.length,
    conflicts: view.conflicts.length,
    requests: view.requests.length,
    people: view.report.persons.length,
    evidence: view.evidence.length,
    links: linkedReports(view.links).length,
    chain: view.referrals.length + view.outcomes.length,
  };
  return (
    <nav className="contents" aria-label={t("actions.contents")}>
      <ul>
        {PLACES.filter((place) => isThere(place, view, ukDirect)).map((place) => (
          <li key={place}>
            <a href={`#${place}-title`}>{t(place === "uk-direct" ? "uk.title" : `${place}.title`)}</a>
            {counts[place] !== undefined && <span className="section-count">{counts[place]}</span>}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Sections that a report without such things does not have. */
function isThere(
  place: (typeof PLACES)[number],
  view: ReportView,
  ukDirect: UkDirectView | undefined,
): boolean {
  if (place === "uk-direct") return hasUkDirect(ukDirect);
  if (place === "arrivals") return hasArrivals(view);
  if (place === "requests") return view.requests.length > 0;
  if (place === "conflicts") return view.conflicts.length > 0;
  if (place === "whereabouts") return view.whereabouts !== undefined;
  if (place === "calls") return view.pages.length > 0;
  if (place === "statements") return shownStatements(view).length > 0;
  return place !== "origin" || hasOrigin(view);
}
