import { CHECKSUMS, EXTENSIONS, OFFSET_STREAM, VERSION } from "./headers.ts";
import { MOST_BYTES } from "./limits.ts";

export const UPLOADS = "/door/uploads";
export const UPLOAD = "/door/uploads/:id";
export const UPLOADS_OPENAPI = "/door/uploads/openapi.json";

const integer = { type: "integer", minimum: 0 };
const text = { type: "string" };

/** The door's own OpenAPI 3.1 document, for whoever writes a sender's client: no part of the desk's. */
export function uploadsOpenApi(station: { name: string; url: string }): object {
  const header = (name: string, schema: object, description: string, required = true) => ({
    name,
    in: "header",
    required,
    schema,
    description,
  });
  const resumable = header("Tus-Resumable", { const: VERSION }, "The protocol's version.");
  const checksum = header(
    "Upload-Checksum",
    { ...text, pattern: `^(?:${CHECKSUMS.join("|")}) [A-Za-z0-9+/]+={0,2}$` },
    "Of the body: it counts only if it agrees, and then all of it.",
    false,
  );
  const told = {
    "Upload-Offset": { schema: integer, description: "Every byte before it is on disk." },
    "Upload-Expires": { schema: text, description: "Until when the upload can go on, as an HTTP date." },
  };
  const bytes = {
    content: { [OFFSET_STREAM]: { schema: { type: "string", contentMediaType: OFFSET_STREAM } } },
  };
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  const refusals = {
    "400": problem("A header is not as it must be."),
    "401": problem("No account has this name and secret."),
    "412": problem("Another version of the protocol."),
    "429": problem("Too much of this sender's is under way, or begun and not named in a report."),
    "503": problem("Not now: see Retry-After."),
  };
  const unknown = {
    "404": problem("No such upload of this account."),
    "410": problem("The upload has ended."),
  };
  const answer = (description: string, headers: object) => ({ description, headers });
  return {
    openapi: "3.1.0",
    info: {
      title: `Resumable uploads to ${station.name}`,
      version: "1",
      description: "tus 1.0.0: https://tus.io/protocols/resumable-upload",
    },
    servers: [{ url: station.url }],
    security: [{ account: [] }],
    paths: {
      [UPLOADS]: {
        options: {
          operationId: "abilities",
          security: [],
          responses: {
            "204": answer(`Tus-Extension: ${EXTENSIONS}; Tus-Max-Size: ${MOST_BYTES}`, {
              "Tus-Version": { schema: text },
              "Tus-Extension": { schema: text },
              "Tus-Max-Size": { schema: integer },
              "Tus-Checksum-Algorithm": { schema: text },
            }),
          },
        },
        post: {
          operationId: "createUpload",
          parameters: [
            resumable,
            header("Upload-Length", { ...integer, maximum: MOST_BYTES }, "Of the whole file, in bytes."),
            header("Upload-Metadata", text, "Given back by HEAD and not read.", false),
            checksum,
          ],
          requestBody: { required: false, ...bytes },
          responses: {
            "201": answer("Begun.", { Location: { schema: text }, ...told }),
            ...refusals,
            "413": problem("Longer than an upload may be."),
            "415": problem("The body is not declared as it must be."),
            "460": problem("The body has another checksum."),
          },
        },
      },
      [UPLOAD.replace(":id", "{id}")]: {
        parameters: [
          { name: "id", in: "path", required: true, schema: { ...text, pattern: "^[0-9a-f]{32}$" } },
        ],
        head: {
          operationId: "tellOffset",
          parameters: [resumable],
          responses: {
            "200": answer("How far the upload has come.", { "Upload-Length": { schema: integer }, ...told }),
            ...refusals,
            ...unknown,
          },
        },
        patch: {
          operationId: "goOn",
          parameters: [resumable, header("Upload-Offset", integer, "Where the body starts."), checksum],
          requestBody: { required: true, ...bytes },
          responses: {
            "204": answer("Taken; the answer to the last byte comes when the file is whole.", told),
            ...refusals,
            ...unknown,
            "409": problem("The upload does not go on at this offset."),
            "413": problem("More bytes than are missing."),
            "415": problem("The body is not declared as it must be."),
            "460": problem("The body has another checksum; nothing of it was kept."),
          },
        },
        delete: {
          operationId: "terminate",
          parameters: [resumable],
          responses: {
            "204": { description: "Ended; its bytes are gone." },
            ...refusals,
            ...unknown,
            "409": problem("A report has the file."),
          },
        },
      },
    },
    components: {
      securitySchemes: { account: { type: "http", scheme: "basic" } },
      schemas: {
        Problem: {
          type: "object",
          description: "RFC 9457",
          required: ["type", "title", "status", "code", "detail"],
          properties: { type: text, title: text, status: integer, code: text, detail: text, remedy: text },
        },
      },
    },
  };
}
