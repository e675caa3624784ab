import { commentText, propertyName, type Schema, typeText } from "./type-text.ts";

/** The part of an OpenAPI 3.1 document from which the desk's client is typed. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface OpenApiOperation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/**
 * Writes the types of an OpenAPI document: one type for each named schema, and `Operations`, which maps
 * `"GET /path/{id}"` to what goes in (`path`, `query`, `body`) and what comes out (`answer`).
 * Operations that answer no JSON (bytes, events) are left out: they are not called through the typed client.
 */
export function typesOf(document: OpenApiDocument): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `${commentText(schema.description, 0)}export type ${name} = ${typeText(schema)};\n`,
  );
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method];
      const text = operation === undefined ? undefined : operationText(operation);
      return text === undefined
        ? []
        : [
            `${commentText(operation?.summary, 1)}  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: ${text};\n`,
          ];
    }),
  );
  return [
    "// Made by scripts/api-types.ts from openapi.json. Do not edit: run `npm run api`.\n",
    ...schemas,
    `export interface Operations {\n${operations.join("")}}\n`,
  ].join("\n");
}

function operationText(operation: OpenApiOperation): string | undefined {
  const answer = answerText(operation);
  if (answer === undefined) return undefined;
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  return [
    "{\n",
    `    path: ${parametersText(operation, "path")};\n`,
    `    query: ${parametersText(operation, "query")};\n`,
    `    body: ${body === undefined ? "undefined" : typeText(body, 2)};\n`,
    `    answer: ${answer};\n`,
    "  }",
  ].join("");
}

function answerText(operation: OpenApiOperation): string | undefined {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => /^2\d\d$|^2XX$/.test(status));
  if (success === undefined) return undefined;
  const [status, response] = success;
  const schema = response.content?.["application/json"]?.schema;
  if (schema !== undefined) return typeText(schema, 2);
  return status === "204" || response.content === undefined ? "undefined" : undefined;
}

function parametersText(operation: OpenApiOperation, place: "path" | "query"): string {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  if (parameters.length === 0) return "undefined";
  const fields = parameters.map(({ name, required = false, schema = { type: "string" } }) => {
    return `${propertyName(name)}${required || place === "path" ? "" : "?"}: ${typeText(schema, 3)}`;
  });
  return `{ ${fields.join("; ")} }`;
}
