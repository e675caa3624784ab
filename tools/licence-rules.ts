/** Licences under which anybody may use, change and pass on what we build on. */
const permissive = new Set([
  "MIT",
  "MIT-0",
  "Apache-2.0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
]);

/** Packages whose licence asks something of us that we keep, with what it is. */
const accepted: Readonly<Record<string, string>> = {
  "@img/sharp-libvips":
    "LGPL-3.0-or-later: the image decoders behind sharp, a library of its own that is loaded unchanged and can be replaced",
  "@img/sharp-wasm32": "the same library as WebAssembly, installed on systems that have no build of it",
  "@img/sharp-win32": "the same library, in one package with sharp's own part",
  lightningcss: "MPL-2.0: Vite's CSS compiler, used unchanged at build time and no part of the page",
};

/** What npm's lockfile says about one package. */
export interface LockedPackage {
  readonly license?: string;
  /** Needed for tests and tools only. */
  readonly dev?: boolean;
  /** A workspace of ours. */
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/**
 * @param packages the lockfile's, by folder
 * @param allowScripts what package.json says about install scripts; `false` means that we have seen it and do not need it
 */
export function licenceProblems(
  packages: Readonly<Record<string, LockedPackage>>,
  allowScripts: Readonly<Record<string, boolean>>,
): readonly string[] {
  const problems: string[] = [];
  for (const [folder, { license, dev, link, hasInstallScript }] of Object.entries(packages)) {
    const name = folder.split("node_modules/").at(-1) ?? "";
    // Tests and tools are not passed on with what we build.
    const isOurs = link === true || !folder.includes("node_modules/");
    if (!isOurs && dev !== true && !isAccepted(name, license))
      problems.push(
        `${name}: its licence (${license ?? "none is stated"}) is not among those that we may pass on`,
      );
    if (hasInstallScript === true && allowScripts[name] !== false)
      problems.push(
        `${name}: has an install script; show that it is not needed and say false in allowScripts`,
      );
  }
  return problems;
}

function isAccepted(name: string, license: string | undefined): boolean {
  // Platform builds of an accepted package are named after it: lightningcss-linux-x64-gnu.
  return (
    (license !== undefined && isPermissive(license)) ||
    Object.keys(accepted).some((known) => name === known || name.startsWith(`${known}-`))
  );
}

/** An SPDX expression: of alternatives (OR) one must do, of parts (AND) all must. */
export function isPermissive(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, " ");
  if (expression.includes("(") && / AND /.test(text)) return isPermissiveNested(expression);
  return text
    .split(" OR ")
    .some((alternative) => alternative.split(" AND ").every((part) => permissive.has(part.trim())));
}

/** With brackets around a part, the brackets are decided first. */
function isPermissiveNested(expression: string): boolean {
  const inner = /\(([^()]+)\)/.exec(expression);
  if (inner?.[1] === undefined) return isPermissive(expression);
  return isPermissive(
    expression.replace(inner[0], isPermissive(inner[1]) ? "MIT" : "nothing-that-is-permissive"),
  );
}
