import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { type OpenApiDocument, typesOf } from "../../scripts/operations.ts";
import { typeText } from "../../scripts/type-text.ts";

suite("types from the station's document", () => {
  test("the committed types are those of the committed document", async () => {
    const document: OpenApiDocument = JSON.parse(
      await readFile(new URL("../../openapi.json", import.meta.url), "utf8"),
    );
    assert.equal(await readFile(new URL("../api.gen.ts", import.meta.url), "utf8"), typesOf(document));
  });

  test("objects keep what may be left out", () => {
    const schema = {
      type: "object",
      properties: { a: { type: "string" }, "b-c": { type: "integer" } },
      required: ["a"],
    };
    assert.equal(typeText(schema), '{\n  a: string;\n  "b-c"?: number;\n}');
  });

  test("unions, constants, lists and records", () => {
    assert.equal(typeText({ enum: ["a", 1, null] }), '"a" | 1 | null');
    assert.equal(typeText({ type: "array", items: { type: ["string", "null"] } }), "(string | null)[]");
    assert.equal(typeText({ oneOf: [{ const: "x" }, { type: "boolean" }] }), '"x" | boolean');
    assert.equal(
      typeText({
        type: "object",
        propertyNames: { enum: ["R1", "R2"] },
        additionalProperties: { type: "integer" },
      }),
      'Record<"R1" | "R2", number>',
    );
    assert.equal(typeText({ allOf: [{ $ref: "#/components/schemas/A" }, { enum: [1, 2] }] }), "A & (1 | 2)");
  });

  test("what cannot be said becomes unknown, never any", () => {
    assert.equal(typeText({}), "unknown");
    assert.equal(typeText({ type: "object" }), "Record<string, unknown>");
  });

  test("a reference to outside the document is refused", () => {
    assert.throws(
      () => typeText({ $ref: "https://example.org/schema" }),
      /not a reference to a named schema/,
    );
    assert.throws(() => typeText({ $ref: "#/components/schemas/A; import('x')" }), /not a reference/);
  });

  test("a description cannot end its own comment", () => {
    const text = typeText({ type: "object", properties: { a: { type: "string", description: "x */ y" } } });
    assert.match(text, /\/\*\* x \* \/ y \*\//);
  });

  test("an operation that answers bytes is left out", () => {
    const text = typesOf({
      paths: {
        "/a": { get: { responses: { "200": { content: { "application/octet-stream": {} } } } } },
        "/b": { delete: { responses: { "204": {} } } },
        "/c": { get: { responses: { "200": {} } } },
      },
    });
    assert.doesNotMatch(text, /GET \/[ac]/);
    assert.match(text, /"DELETE \/b"/);
  });

  test("a shape that two operations share is written once", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const answer = { responses: { "200": { content: { "application/json": { schema } } } } };
    const text = typesOf({ paths: { "/a/{id}": { get: answer, post: answer } } });
    assert.equal(text.match(/a\?: string/g)?.length, 1);
    assert.equal(text.match(/answer: GetAIdAnswer;/g)?.length, 2);
  });
});
