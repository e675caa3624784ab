import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { groupReasons } from "./reason-groups.ts";

suite("reasons", () => {
  test("the same finding in several fields is said once, with every field", () => {
    const groups = groupReasons([
      { code: "time.exact", path: "/report/a", text: "Exact.", source: "A" },
      { code: "place", text: "A hint." },
      { code: "time.exact", path: "/report/b", text: "Exact.", source: "A" },
      { code: "time.exact", path: "/report/a", text: "Exact.", source: "B" },
    ]);
    assert.deepEqual(groups, [
      { text: "Exact.", paths: ["/report/a", "/report/b"], sources: ["A", "B"] },
      { text: "A hint.", paths: [], sources: [] },
    ]);
  });

  test("findings that read alike and mean different things stay apart", () => {
    assert.equal(
      groupReasons([
        { code: "a", text: "X" },
        { code: "b", text: "X" },
      ]).length,
      2,
    );
  });
});
