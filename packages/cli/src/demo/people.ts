import { createHash } from "node:crypto";
import type { OutcomeStatement, ReportView } from "@fairlead/station";
import type { Case } from "./case-book.ts";
import type { DeskClient } from "./desk-client.ts";

/**
 * What each scripted person does with one report, through the desk's API and nothing else. Each step looks at the page first and
 * does only what is not done yet, so that it can be taken again after an answer was lost.
 */
export type Work = (desk: DeskClient, view: ReportView, found: Case) => Promise<void>;

/** The platform's reviewer looks at what the plan says, says so, and files the report with the clearinghouse. */
export const review: Work = async (desk, view, { plan }) => {
  let page = view;
  for (const id of plan.view) {
    const evidence = page.evidence.find((item) => item.id === id && item.present);
    if (evidence === undefined || hasClaim(page, id, "viewed-in-full")) continue;
    await desk.openEvidence(page.entry.id, id, "assess-the-report");
    page = await desk.addClaim(page.entry.id, {
      about: { kind: "evidence", id },
      states: { kind: "flag", flag: "viewed-in-full", value: true },
    });
  }
  await refer(desk, page, "Reviewed; the law asks us to report it.");
};

/** The clearinghouse's analyst passes on what belongs to a country with a peer. */
export const triage: Work = async (desk, view) => {
  if (await refer(desk, view, "Linked to your country; for your assessment.")) return;
  await once(desk, view, { kind: "no-further-action", reason: "outside-jurisdiction" });
};

/** The national analyst records what an enquiry answered and refers to the force that follows from it. */
export const develop: Work = async (desk, view, found) => {
  const { resolution } = found.plan;
  let page = view;
  const suspect = page.report.persons.find((person) => person.role === "suspect");
  if (
    resolution !== null &&
    suspect !== undefined &&
    !page.claims.some((claim) => claim.states.kind === "resolution")
  ) {
    const { person: _, ...answer } = resolution;
    page = await desk.addClaim(page.entry.id, {
      about: { kind: "person", key: suspect.key },
      states: { kind: "resolution", ...answer },
    });
  }
  if (found.plan.refer !== null && (await refer(desk, page, found.plan.refer.reason))) {
    const agency = page.destinations.find((destination) => destination.recommended)?.agency;
    if (agency !== undefined) found.referredTo = agency;
    return;
  }
  await once(desk, page, { kind: "useless", reason: "cannot-be-located" });
};

/** The force's officer opens every file, grades what the plan grades, and records what came of it. */
export const investigate: Work = async (desk, view, found) => {
  const { plan } = found;
  let page = view;
  for (const evidence of page.evidence.filter((item) => item.present)) {
    const bytes = await desk.openEvidence(page.entry.id, evidence.id, "identify-a-suspect");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== evidence.sha256)
      throw new Error("the bytes that the officer was shown are not those that the page names");
    found.seenByForce.add(sha256);
  }
  const graded = plan.grade === null ? undefined : found.hashes.get(plan.grade.evidenceId);
  const target = page.evidence.find((item) => item.sha256 === graded && item.present);
  if (plan.grade !== null && target !== undefined && !hasGrade(page, target.id))
    page = await desk.addClaim(page.entry.id, {
      about: { kind: "evidence", id: target.id },
      states: { kind: "uk-category", category: plan.grade.category, description: plan.grade.description },
    });
  for (const outcome of plan.outcomes) page = await once(desk, page, outcome);
};

/** @returns whether the report is, or was already, on its way to a recommended destination */
async function refer(desk: DeskClient, view: ReportView, reason: string): Promise<boolean> {
  if (view.referrals.length > 0) return true;
  const to = view.destinations.find((destination) => destination.recommended);
  if (to === undefined) return false;
  await desk.refer(view.entry.id, {
    peer: to.peer,
    ...(to.agency === undefined ? {} : { agency: to.agency }),
    reason,
  });
  return true;
}

async function once(desk: DeskClient, view: ReportView, outcome: OutcomeStatement): Promise<ReportView> {
  if (view.outcomes.some((known) => known.statement.kind === outcome.kind)) return view;
  return await desk.recordOutcome(view.entry.id, outcome);
}

function hasClaim(view: ReportView, evidence: string, flag: string): boolean {
  return view.claims.some(
    (claim) =>
      claim.about.kind === "evidence" &&
      claim.about.id === evidence &&
      claim.states.kind === "flag" &&
      claim.states.flag === flag,
  );
}

function hasGrade(view: ReportView, evidence: string): boolean {
  return view.claims.some(
    (claim) =>
      claim.about.kind === "evidence" && claim.about.id === evidence && claim.states.kind === "uk-category",
  );
}
