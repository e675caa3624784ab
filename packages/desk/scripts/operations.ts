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
 * `"GET /path/{id}"` to what goes in (`path`, `query`, `body`) and what comes out (`answer`). A shape that several operations
 * share word for word is written once, under the name of the first.
 * Operations that answer no JSON (bytes, events) are left out: they are not called through the typed client.
 */
export function typesOf(document: OpenApiDocument): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `${commentText(schema.description, 0)}export type ${name} = ${typeText(schema)};\n`,
  );
  const shapes = new Map<string, string>();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method];
      const name = `${method.toUpperCase()} ${path}`;
      const text = operation === undefined ? undefined : operationText(operation, name, shapes);
      return text === undefined
        ? []
        : [`${commentText(operation?.summary, 1)}  ${JSON.stringify(name)}: ${text};\n`];
    }),
  );
  return [
    "// Made by scripts/api-types.ts from openapi.json. Do not edit: run `npm run api -w packages/desk`.\n",
    ...schemas,
    ...[...shapes].map(([text, name]) => `export type ${name} = ${text};\n`),
    `export interface Operations {\n${operations.join("")}}\n`,
  ].join("\n");
}

/** The name under which a shape of several lines is written; a short one stands where it is used. */
function shapeText(text: string, name: string, shapes: Map<string, string>): string {
  if (!text.includes("\n")) return text;
  const known = shapes.get(text) ?? name;
  shapes.set(text, known);
  return known;
}

/** `GET /api/reports/{id}` as `GetApiReportsId`. */
function pascal(operation: string): string {
  return operation
    .split(/[^A-Za-z0-9]+/)
    .map((word) => (/^[A-Z]+$/.test(word) ? word.toLowerCase() : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function operationText(
  operation: OpenApiOperation,
  name: string,
  shapes: Map<string, string>,
): string | undefined {
  const answer = answerText(operation);
  if (answer === undefined) return undefined;
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  return [
    "{\n",
    `    path: ${parametersText(operation, "path")};\n`,
    `    query: ${parametersText(operation, "query")};\n`,
    `    body: ${body === undefined ? "undefined" : shapeText(typeText(body), `${pascal(name)}Body`, shapes)};\n`,
    `    answer: ${shapeText(answer, `${pascal(name)}Answer`, shapes)};\n`,
    "  }",
  ].join("");
}

function answerText(operation: OpenApiOperation): string | undefined {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => /^2\d\d$|^2XX$/.test(status));
  if (success === undefined) return undefined;
  const [status, response] = success;
  const schema = response.content?.["application/json"]?.schema;
  if (schema !== undefined) return typeText(schema);
  return status === "204" ? "undefined" : undefined;
}

function parametersText(operation: OpenApiOperation, place: "path" | "query"): string {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  if (parameters.length === 0) return "undefined";
  const fields = parameters.map(({ name, required = false, schema = { type: "string" } }) => {
    return `${propertyName(name)}${required || place === "path" ? "" : "?"}: ${typeText(schema, 3)}`;
  });
  return `{ ${fields.join("; ")} }`;
}
