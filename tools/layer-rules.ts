import { builtinModules } from "node:module";
import { dirname, join } from "node:path/posix";
import { sharedWords } from "./layer-exceptions.ts";
import { below, inBrowser, isPureFile, layerOf, outwardParts, packageOf } from "./house.ts";
import { type Import, importsOf, lineAt, nodesOf, parse, type SyntaxNode } from "./imports.ts";

/** A source file of a package, with what its package.json lets it import. */
export interface Module {
  /** From the repository's folder. */
  readonly path: string;
  readonly text: string;
  /** npm packages, workspaces among them, that the package declares. */
  readonly dependencies: ReadonlySet<string>;
  /** What the package's and the repository's tests and tools may use besides. */
  readonly devDependencies: ReadonlySet<string>;
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  /** What the file names that it may not. An exception repeats it. */
  readonly what: string;
  readonly why: string;
}

/** Everything in this file that DESIGN's house does not allow. */
export function findingsIn(module: Module): readonly Finding[] {
  const name = packageOf(module.path) ?? "";
  if (layerOf[name] === undefined)
    return [
      { path: module.path, line: 1, what: name, why: "this package has no layer; name it in tools/house.ts" },
    ];
  const inTests = isTestSide(module.path);
  const found: Finding[] = [];
  for (const one of importsOf(module.path, module.text)) {
    const why = one.specifier.startsWith(".")
      ? insideWhy(module.path, one, inTests)
      : outsideWhy(module, name, one, inTests);
    if (why !== null) found.push({ path: module.path, line: one.line, what: one.specifier, why });
  }
  if (isPureFile(module.path) && !inTests) found.push(...impurities(module));
  return found;
}

/** Files that no program loads: tests and their helpers, suites for drivers, long sweeps, benchmarks, generators. */
export function isTestSide(path: string): boolean {
  return (
    /[.-](test|testing|fixture)\.tsx?$/.test(path) ||
    /\/(testing|conformance|failing-store)\.ts$/.test(path) ||
    /\/(testing|conformance)\//.test(path) ||
    /^packages\/[^/]+\/(e2e|bench|deep|scripts)\//.test(path) ||
    path.endsWith(".config.ts")
  );
}

function insideWhy(path: string, { specifier }: Import, inTests: boolean): string | null {
  const target = join(dirname(path), specifier);
  // Tests from end to end start other programs from their sources; benchmarks and sweeps use the tools beside them.
  const mayLeave = inTests && !path.includes("/src/");
  if (packageOf(target) !== packageOf(path))
    return mayLeave ? null : "another package is imported by its name, not by a path";
  if (!inTests && isTestSide(target)) return "no program loads a test or a helper of tests";
  if (!inTests && isPureFile(path) && outwardParts.some((part) => target.startsWith(part)))
    return "what is pure does not load the part that has input and output";
  return inTests ? null : roomWhy(path, target);
}

/** The rooms of a station open only by their door. What stands directly in `src/`, and the frame in `http/`, is no room. */
function roomWhy(path: string, target: string): string | null {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === null || to === null || to.room === "http" || from.room === to.room) return null;
  if (to.file === "index.ts" || `${to.room}/${to.file}` in sharedWords) return null;
  return `the room ${to.room} opens only by its index.ts`;
}

function roomOf(path: string): { room: string; file: string } | null {
  const [, room, file] = /^packages\/station\/src\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return room === undefined || file === undefined ? null : { room, file };
}

function outsideWhy(module: Module, name: string, one: Import, inTests: boolean): string | null {
  const { specifier, isType } = one;
  if (specifier.startsWith("node:")) return inTests ? null : builtinWhy(module.path, name, specifier, isType);
  if (builtinModules.includes(specifier)) return `say node:${specifier}`;
  const wanted = npmName(specifier);
  const declared = module.dependencies.has(wanted) || (inTests && module.devDependencies.has(wanted));
  const other = /^@fairlead\/(.+)$/.exec(wanted)?.[1];
  if (other === undefined || other === name)
    return declared || other === name ? null : "its package.json does not declare this package";
  if (!inTests && /\/(testing|conformance)$/.test(specifier)) return "no program loads a helper of tests";
  // Tests may show that two packages fit together, as long as the packages themselves do not know each other.
  const mayUse = inTests ? true : isBelow(name, other);
  if (!mayUse)
    return `${layerOf[name]} (${name}) may not import ${layerOf[other] ?? "what has no layer"} (${other})`;
  return declared || inTests ? null : "its package.json does not declare this package";
}

function isBelow(name: string, other: string): boolean {
  if (inBrowser[name]?.includes(other) === true) return true;
  const [layer, wanted] = [layerOf[name], layerOf[other]];
  return layer !== undefined && wanted !== undefined && below[layer].includes(wanted);
}

function npmName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Ways out of the process. Their types are only words. */
const outside =
  /^node:(fs|http|https|http2|net|tls|dgram|dns|child_process|worker_threads|cluster|os|timers)(\/|$)/;

function builtinWhy(path: string, name: string, specifier: string, isType: boolean): string | null {
  if (specifier === "node:test") return "no program loads a test";
  if (layerOf[name] === "browser") return "a browser has no such module";
  return isPureFile(path) && outside.test(specifier) && !isType
    ? "a pure package does no input or output"
    : null;
}

/** Globals that are a clock, chance, or a way out. Each is written as `name` or `name.member`. */
const impure = new Set([
  "Date.now",
  "Math.random",
  "performance.now",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "fetch",
  "process.env",
  "process.exit",
  "crypto.randomUUID",
  "crypto.getRandomValues",
]);

function impurities(module: Module): readonly Finding[] {
  const found: Finding[] = [];
  const nodes = [...nodesOf(parse(module.path, module.text))];
  // What comes in as an argument may have the name of the global that it stands for.
  const own = new Set(nodes.flatMap(({ params }) => (Array.isArray(params) ? params.map(nameOf) : [])));
  for (const node of nodes) {
    const what = impureUse(node);
    if (what === null || own.has(what.split(".", 1)[0] ?? "")) continue;
    const why = "a pure package gets clock, chance and ways out as arguments";
    found.push({ path: module.path, line: lineAt(module.text, node.start), what, why });
  }
  return found;
}

function impureUse(node: SyntaxNode): string | null {
  const imported = node.type === "ImportSpecifier" ? nameOf(node["imported"]) : null;
  if (imported !== null && /^(random(Bytes|UUID|Int|FillSync|Fill)|webcrypto)$/.test(imported))
    return imported;
  const callee = nameOf(node["callee"]);
  const hasArguments = Array.isArray(node["arguments"]) && node["arguments"].length > 0;
  if (callee === "Date" && node.type === "NewExpression" && !hasArguments) return "new Date()";
  if (callee === "Date" && node.type === "CallExpression") return "Date()";
  if (node.type === "CallExpression" && callee !== null && impure.has(callee) && !callee.includes("."))
    return callee;
  const member = node.type === "MemberExpression" ? nameOf(node) : null;
  return member !== null && impure.has(member) ? member : null;
}

/** `a` or `a.b` as they are written; null for anything longer. */
function nameOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  if (value.type === "Identifier" && "name" in value && typeof value.name === "string") return value.name;
  if (value.type !== "MemberExpression" || !("object" in value) || !("property" in value)) return null;
  const [object, property] = [nameOf(value.object), nameOf(value.property)];
  return object === null || property === null || object.includes(".") ? null : `${object}.${property}`;
}
