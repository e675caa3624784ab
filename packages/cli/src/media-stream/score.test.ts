import assert from "node:assert/strict";
import { test } from "node:test";
import { type Judged, mediaRows } from "./score.ts";

const post = (copyOf: string | undefined, found: Judged["found"], edit: Judged["edit"] = "grey"): Judged => ({
  edit,
  copyOf,
  found,
});
const like = (entry: string) => ({ entry, match: "perceptual" as const });
const same = (entry: string) => ({ entry, match: "exact" as const });

test("a copy counts as found by its own picture only, and every post with a wrong match counts against precision", () => {
  const rows = mediaRows([
    post("a", [like("a")]),
    post("b", [like("c")]),
    post("c", []),
    post("d", [like("d"), like("e")]),
    post(undefined, []),
    post(undefined, [like("a")]),
    post("a", [same("a")], "same bytes"),
  ]);
  assert.deepEqual(rows, [
    {
      edit: "grey",
      copies: 4,
      others: 2,
      exact: { recall: 0, precision: null },
      any: { recall: 0.5, precision: 0.4 },
    },
    {
      edit: "same bytes",
      copies: 1,
      others: 0,
      exact: { recall: 1, precision: 1 },
      any: { recall: 1, precision: 1 },
    },
    {
      edit: "all",
      copies: 5,
      others: 2,
      exact: { recall: 0.2, precision: 1 },
      any: { recall: 0.6, precision: 0.5 },
    },
  ]);
});

test("nothing was asked, so nothing is said", () => {
  assert.deepEqual(mediaRows([]), [
    {
      edit: "all",
      copies: 0,
      others: 0,
      exact: { recall: null, precision: null },
      any: { recall: null, precision: null },
    },
  ]);
});
