import { writeFile } from "node:fs/promises";
import {
  claimSchema,
  eventSchema,
  evidenceSchema,
  identifierSchema,
  momentSchema,
  personSchema,
  placeSchema,
  reportSchema,
} from "@fairlead/report";
import { z } from "zod";
import {
  auditViewSchema,
  grantViewSchema,
  lowerUrgencySchema,
  newClaimSchema,
  newGrantSchema,
  newReferralSchema,
  outcomeStatementSchema,
  peerViewSchema,
  problemSchema,
  queuePageSchema,
  queueQuerySchema,
  reportViewSchema,
  sessionViewSchema,
} from "../../station/src/desk-api/contract.ts";

/** Writes `openapi.json`, the only thing that the desk knows about the station, from the contract's schemas. */

const proofSchema = z.object({
  id: z.string(),
  kind: z.string(),
  at: z.string(),
  leaf: z.string(),
  proof: z.string(),
  verifierKey: z.string(),
});

const answers = z.registry<{ id: string }>();
answers.add(sessionViewSchema, { id: "SessionView" });
answers.add(queuePageSchema, { id: "QueuePage" });
answers.add(reportViewSchema, { id: "ReportView" });
answers.add(grantViewSchema, { id: "GrantView" });
answers.add(z.object({ peers: z.array(peerViewSchema) }), { id: "PeerList" });
answers.add(auditViewSchema, { id: "AuditView" });
answers.add(proofSchema, { id: "ProofView" });
answers.add(problemSchema, { id: "Problem" });
answers.add(reportSchema, { id: "Report" });
answers.add(claimSchema, { id: "Claim" });
answers.add(personSchema, { id: "Person" });
answers.add(identifierSchema, { id: "Identifier" });
answers.add(placeSchema, { id: "Place" });
answers.add(eventSchema, { id: "Event" });
answers.add(evidenceSchema, { id: "Evidence" });
answers.add(momentSchema, { id: "Moment" });

const bodies = z.registry<{ id: string }>();
bodies.add(z.object({ token: z.string() }), { id: "SignIn" });
bodies.add(newClaimSchema, { id: "NewClaim" });
bodies.add(newGrantSchema, { id: "NewGrant" });
bodies.add(newReferralSchema, { id: "NewReferral" });
bodies.add(outcomeStatementSchema, { id: "NewOutcome" });
bodies.add(lowerUrgencySchema, { id: "LowerUrgency" });

const uri = (id: string) => `#/components/schemas/${id}`;
const ref = (id: string) => ({ $ref: uri(id) });
const json = (id: string) => ({ content: { "application/json": { schema: ref(id) } } });
const parameter = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });

const queueParameters = Object.entries(z.toJSONSchema(queueQuerySchema, { io: "input" }).properties ?? {});

function operation(answer: string | undefined, options: { body?: string; path?: string[] } = {}) {
  return {
    parameters: (options.path ?? []).map(parameter),
    ...(options.body === undefined ? {} : { requestBody: { required: true, ...json(options.body) } }),
    responses: {
      [answer === undefined ? "204" : "200"]: {
        description: "done",
        ...(answer === undefined ? {} : json(answer)),
      },
      default: {
        description: "problem",
        content: { "application/problem+json": { schema: ref("Problem") } },
      },
    },
  };
}

/** A schema without the names that only a document standing alone needs. */
const bare = (schemas: Record<string, object>) =>
  Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id")),
    ]),
  );

const document = {
  openapi: "3.1.0",
  info: { title: "Fairlead desk API", version: "1" },
  paths: {
    "/api/session": {
      get: operation("SessionView"),
      post: operation("SessionView", { body: "SignIn" }),
      delete: operation(undefined),
    },
    "/api/queue": {
      get: {
        ...operation("QueuePage"),
        parameters: queueParameters.map(([name, schema]) => ({ name, in: "query", required: false, schema })),
      },
    },
    "/api/reports/{id}": { get: operation("ReportView", { path: ["id"] }) },
    "/api/reports/{id}/claims": { post: operation("ReportView", { path: ["id"], body: "NewClaim" }) },
    "/api/reports/{id}/evidence/{evidenceId}/grants": {
      post: operation("GrantView", { path: ["id", "evidenceId"], body: "NewGrant" }),
    },
    "/api/reports/{id}/referrals": { post: operation("ReportView", { path: ["id"], body: "NewReferral" }) },
    "/api/reports/{id}/outcomes": { post: operation("ReportView", { path: ["id"], body: "NewOutcome" }) },
    "/api/reports/{id}/urgency": { post: operation("ReportView", { path: ["id"], body: "LowerUrgency" }) },
    "/api/peers": { get: operation("PeerList") },
    "/api/audit": { get: operation("AuditView") },
    "/api/leaves/{id}/proof": { get: operation("ProofView", { path: ["id"] }) },
  },
  components: {
    schemas: {
      ...bare(z.toJSONSchema(answers, { uri, io: "output" }).schemas),
      ...bare(z.toJSONSchema(bodies, { uri, io: "input" }).schemas),
    },
  },
};

await writeFile(new URL("../openapi.json", import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
