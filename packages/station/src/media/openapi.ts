import { lookupSchema } from "../banks/index.ts";
import { z } from "zod";
import { actionSchema, foundSchema } from "./matches.ts";
import {
  FILE_PART,
  MEDIA_HASHES,
  MEDIA_POSTS,
  mediaAnswerSchema,
  mediaPostSchema,
  POST_FIELD,
} from "./wire.ts";

/** The door's own OpenAPI 3.1 document, for whoever writes a platform's client: no part of the desk's. */
export function mediaOpenApi(station: { name: string; url: string }): object {
  const answer = json({ $ref: "#/components/schemas/Answer" });
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  const refusals = {
    "401": problem("No account has this name and secret."),
    "403": problem("The account may not post media."),
    "422": problem("The form is not as described: every problem with its path. Nothing was kept."),
    "429": problem(
      "More than was agreed, or more at once than is taken. Retry-After says when to come back.",
    ),
    "503": problem("The station could not begin in time. Retry-After says when to come back."),
  };
  return {
    openapi: "3.1.0",
    info: { title: `Media matched by ${station.name}`, version: "1" },
    servers: [{ url: station.url }],
    security: [{ account: [] }],
    paths: {
      [MEDIA_POSTS]: {
        post: {
          operationId: "postMedia",
          summary:
            "Have a posted file matched. Its number makes it one post: sent again, it is answered as before.",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: [POST_FIELD, FILE_PART],
                  properties: {
                    [POST_FIELD]: { $ref: "#/components/schemas/Post" },
                    [FILE_PART]: { type: "string", contentMediaType: "application/octet-stream" },
                  },
                },
                encoding: { [POST_FIELD]: { contentType: "application/json" } },
              },
            },
          },
          responses: {
            "201": { description: "Taken in, with what is known of it.", content: answer },
            "200": { description: "It was taken in before.", content: answer },
            "409": problem("A post of this number was taken in with another file or context."),
            ...refusals,
          },
        },
      },
      [MEDIA_HASHES]: {
        post: {
          operationId: "matchHashes",
          summary:
            "Ask what is known of hashes. Nothing is kept; send the file where the answer is not `nothing`.",
          requestBody: { required: true, content: json({ $ref: "#/components/schemas/Hashes" }) },
          responses: {
            "200": { description: "What is known.", content: json({ $ref: "#/components/schemas/Known" }) },
            ...refusals,
          },
        },
      },
    },
    components: {
      securitySchemes: { account: { type: "http", scheme: "basic" } },
      schemas: {
        Post: schemaOf(mediaPostSchema, "input"),
        Answer: schemaOf(mediaAnswerSchema, "output"),
        Hashes: schemaOf(z.object({ signals: z.array(lookupSchema).min(1).max(256) }), "input"),
        Known: schemaOf(
          z.object({ matches: z.array(foundSchema), more: z.boolean(), action: actionSchema }),
          "output",
        ),
        Problem: {
          type: "object",
          required: ["type", "title", "status", "code", "detail"],
          properties: {
            type: { type: "string" },
            title: { type: "string" },
            status: { type: "integer" },
            code: { type: "string" },
            detail: { type: "string" },
            remedy: { type: "string" },
            problems: {
              type: "array",
              items: {
                type: "object",
                required: ["path", "message"],
                properties: {
                  path: { type: "string" },
                  message: { type: "string" },
                  remedy: { type: "string" },
                },
              },
            },
          },
        },
      },
    },
  };
}

function json(schema: object) {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
  });
  return described;
}
