import { ukReportSchema } from "@fairlead/report/uk-direct";
import { z } from "zod";
import { lookUpSchema, REPORT_FIELD, UK_RECEIPTS, UK_REPORTS, ukReceiptSchema } from "./wire.ts";

/** The door's own OpenAPI 3.1 document, for whoever writes a provider's client: no part of the desk's. */
export function ukOpenApi(station: { name: string; url: string }): object {
  const receipt = json({ $ref: "#/components/schemas/SignedReceipt" });
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  const refusals = {
    "422": problem("The report is not made: every problem with its code, path and remedy. Nothing was kept."),
    "401": problem("No account has this name and secret."),
    "403": problem("The account is not a provider's."),
  };
  return {
    openapi: "3.1.0",
    info: {
      title: `UK direct reports to ${station.name}`,
      version: "1",
      description:
        "Online Safety Act 2023 Part 4 chapter 2 and SI 2026/268. The agency's own interface is not public; this door stands in for it.",
    },
    servers: [{ url: station.url }],
    security: [{ account: [] }],
    paths: {
      [UK_REPORTS]: {
        post: {
          operationId: "makeReport",
          summary:
            "Make a report. The provider's number makes it one report: sent again, it gets the same receipt.",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: [REPORT_FIELD],
                  properties: { [REPORT_FIELD]: { $ref: "#/components/schemas/Report" } },
                  additionalProperties: {
                    type: "string",
                    contentMediaType: "application/octet-stream",
                    description: "A file, named by the id that it has in the document.",
                  },
                },
              },
            },
          },
          responses: {
            "201": { description: "Taken in.", content: receipt },
            "200": { description: "It was taken in before.", content: receipt },
            ...refusals,
            "409": problem("A report of this number was taken in with other content."),
          },
        },
      },
      [UK_RECEIPTS]: {
        get: {
          operationId: "lookUp",
          summary: "What became of a sending whose answer was lost.",
          parameters: [
            {
              name: "reference",
              in: "query",
              required: true,
              description: "The provider's number.",
              schema: { type: "string", maxLength: 255 },
            },
          ],
          responses: {
            "200": {
              description: "The receipt, or null where no report of this number has arrived.",
              content: json({ $ref: "#/components/schemas/LookUp" }),
            },
            "401": refusals["401"],
            "403": refusals["403"],
          },
        },
      },
    },
    components: {
      securitySchemes: { account: { type: "http", scheme: "basic" } },
      schemas: {
        Report: schemaOf(ukReportSchema),
        LookUp: schemaOf(lookUpSchema),
        SignedReceipt: {
          type: "object",
          description: "A DSSE envelope; its payload is canonical JSON of a Receipt.",
          required: ["payloadType", "payload", "signatures"],
          properties: {
            payloadType: { const: "application/vnd.fairlead.uk-direct-receipt+json;version=1" },
            payload: { type: "string", contentEncoding: "base64" },
            signatures: { type: "array", items: { type: "object" } },
          },
        },
        Receipt: schemaOf(ukReceiptSchema),
        Problem: {
          type: "object",
          description: "RFC 9457.",
          properties: {
            code: { type: "string" },
            detail: { type: "string" },
            remedy: { type: "string" },
            problems: { type: "array", items: { type: "object" } },
          },
        },
      },
    },
  };
}

function json(schema: object) {
  return { "application/json": { schema } };
}

/** JSON Schema 2020-12, which is what OpenAPI 3.1 takes; the dialect stands in the document itself. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}
