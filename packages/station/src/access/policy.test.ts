import assert from "node:assert/strict";
import { test } from "node:test";
import { actions, type Action, profileIds, profiles, type ProfileId } from "../profile.ts";
import { openPolicy } from "./policy.ts";

const report = (status: "new" | "referred" | "closed" | "erased") => ({ id: "r", status });
const ON_STATION = new Set<Action>([
  "view-queue",
  "view-peers",
  "view-senders",
  "accept-format",
  "view-audit",
  "do-tasks",
  "review-media",
  "decide-matching",
  "view-banks",
  "change-banks",
  "tell-source",
  "review-accounts",
]);

/** Written by hand from DESIGN's laws, not from the policies: who may do what with a new report. */
function expected(profile: ProfileId, role: string, action: Action): boolean {
  const caseworker = ["reviewer", "analyst", "officer", "lead"].includes(role);
  switch (action) {
    case "view-queue":
    case "view-report":
    case "view-peers":
    case "view-senders":
      return true;
    case "view-audit":
      return role === "auditor" || role === "lead";
    case "open-evidence":
    case "add-claim":
    case "record-outcome":
    case "make-requests":
    case "deconflict":
    case "refer-safeguarding":
    case "answer-page":
    case "hold":
    case "do-tasks":
    case "tell-source":
      return caseworker;
    case "view-banks":
      return caseworker || role === "auditor";
    case "accept-format":
    case "change-banks":
      return role === "lead";
    case "review-media":
    case "review-accounts":
      return profile === "platform" && (role === "reviewer" || role === "lead");
    case "decide-matching":
      return profile === "platform" && role === "lead";
    case "decide-links":
    case "close-copies":
      return caseworker && role !== "reviewer";
    case "grade":
      return caseworker && role !== "reviewer" && profile !== "platform";
    case "refer":
      return caseworker && role !== "officer" && profile !== "police-force";
    case "lower-urgency":
    case "release-hold":
    case "decide-keeping":
    case "confirm-erasing":
      return role === "lead";
  }
}

test("every role at every kind of station may do what the design says, and nothing else", () => {
  for (const profile of profileIds) {
    const policy = openPolicy(profile);
    for (const role of [...profiles[profile].roles, "stranger"])
      for (const action of actions) {
        const subject = ON_STATION.has(action) ? undefined : report("new");
        assert.equal(
          policy.may({ id: "p", name: "P", role }, action, subject),
          expected(profile, role, action),
          `${profile} ${role} ${action}`,
        );
      }
  }
});

test("a closed report is neither referred nor lowered by anybody", () => {
  const policy = openPolicy("national-agency");
  for (const role of profiles["national-agency"].roles)
    for (const action of ["refer", "lower-urgency"] as const)
      assert.equal(policy.may({ id: "p", name: "P", role }, action, report("closed")), false);
});

test("a child is referred and a call answered whatever the report's status is", () => {
  for (const profile of profileIds)
    for (const role of profiles[profile].roles)
      for (const action of ["refer-safeguarding", "answer-page"] as const)
        assert.equal(
          openPolicy(profile).may({ id: "p", name: "P", role }, action, report("closed")),
          role !== "auditor",
          `${profile} ${role} ${action}`,
        );
});

test("an auditor never opens evidence", () => {
  for (const profile of profileIds)
    assert.equal(
      openPolicy(profile).may({ id: "p", name: "P", role: "auditor" }, "open-evidence", report("new")),
      false,
    );
});

test("of an erased report nobody does anything but see that it was erased", () => {
  const policy = openPolicy("platform");
  for (const role of ["reviewer", "lead", "auditor"])
    for (const action of actions.filter((each) => !ON_STATION.has(each)))
      assert.equal(
        policy.may({ id: "p", name: "P", role }, action, report("erased")),
        action === "view-report",
        `${role} ${action}`,
      );
});
