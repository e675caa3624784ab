import assert from "node:assert/strict";
import test from "node:test";
import { importsOf } from "./imports.ts";

test("every way of naming another module is found, with its line and whether it vanishes with the types", () => {
  const text = `import a from "./a.ts";
import type { B } from "./b.ts";
import { type C } from "./c.ts";
import { type D, d } from "./d.ts";
import "./e.ts";
export * from "./f.ts";
export type { G } from "./g.ts";
export { h } from "./h.ts";
const i = await import("./i.ts");
type J = import("./j.ts").J;
export const plain = "./not-a-module.ts";`;
  const found = importsOf("x.ts", text).map(({ specifier, isType, line }) => [specifier, isType, line]);
  assert.deepEqual(found, [
    ["./a.ts", false, 1],
    ["./b.ts", true, 2],
    ["./c.ts", true, 3],
    ["./d.ts", false, 4],
    ["./e.ts", false, 5],
    ["./f.ts", false, 6],
    ["./g.ts", true, 7],
    ["./h.ts", false, 8],
    ["./i.ts", false, 9],
    ["./j.ts", true, 10],
  ]);
});

test("pages with JSX are read too", () => {
  const found = importsOf("x.tsx", 'import { A } from "./a.tsx";\nexport const b = <A label="x" />;');
  assert.deepEqual(found, [{ specifier: "./a.tsx", isType: false, line: 1 }]);
});
