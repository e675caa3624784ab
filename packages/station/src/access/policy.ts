import { readFileSync } from "node:fs";
import { validate, preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { StationError } from "../errors.ts";
import type { Action, ProfileId } from "../profile.ts";
import type { WorkStatus } from "../store/tables.ts";

const POLICY_SET = "fairlead-station";
const policyText = readFileSync(new URL("./policies.cedar", import.meta.url), "utf8");
const schemaText = readFileSync(new URL("./schema.cedarschema", import.meta.url), "utf8");

export interface Principal {
  id: string;
  name: string;
  role: string;
}

export interface Policy {
  /** Whether a person may act, on one report where the action is about one. */
  may(principal: Principal, action: Action, report?: { id: string; status: WorkStatus }): boolean;
}

/**
 * Reads and checks the policies once; a policy that does not fit the schema stops the station at its start.
 * @throws StationError `config.invalid`
 */
export function openPolicy(profile: ProfileId): Policy {
  const checked = validate({ schema: schemaText, policies: { staticPolicies: policyText } });
  const errors =
    checked.type === "failure" ? checked.errors : checked.validationErrors.map((found) => found.error);
  if (errors.length > 0)
    throw new StationError(
      "config.invalid",
      `The access policies are not valid: ${errors.map((e) => e.message).join("; ")}`,
      {
        audience: "operator",
      },
    );
  const parsed = preparsePolicySet(POLICY_SET, { staticPolicies: policyText });
  if (parsed.type === "failure")
    throw new StationError("config.invalid", "The access policies cannot be read.", { audience: "operator" });
  // The schema gives policies a role, a profile and a status to look at and nothing else, so equal ones have equal answers.
  const answers = new Map<string, boolean>();
  return {
    may({ role }, action, report) {
      const question = JSON.stringify([role, action, report?.status]);
      const known = answers.get(question);
      if (known !== undefined) return known;
      const answer = decide(profile, role, action, report?.status);
      answers.set(question, answer);
      return answer;
    },
  };
}

function decide(profile: ProfileId, role: string, action: Action, status: WorkStatus | undefined): boolean {
  const subject = { type: "Person", id: "somebody" };
  const resource = { type: status === undefined ? "Station" : "Report", id: "something" };
  const answer = statefulIsAuthorized({
    principal: subject,
    action: { type: "Action", id: action },
    resource,
    context: {},
    preparsedPolicySetId: POLICY_SET,
    entities: [
      { uid: subject, attrs: { role, profile }, parents: [] },
      { uid: resource, attrs: status === undefined ? {} : { status }, parents: [] },
    ],
  });
  // A policy that cannot be evaluated permits nothing.
  return answer.type === "success" && answer.response.decision === "allow";
}
