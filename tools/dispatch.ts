import { glob, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { runInGroup } from "./process-group.ts";

/**
 * Runs KIND/NAME.ts, in every package that has it, one after another, with the remaining arguments.
 *
 * @param kind the folder: `bench` or `deep`
 * @param args NAME and what follows it; with `--help` nothing runs, and what each program says of itself is printed
 * @returns 0 if all did what they promise, otherwise the first other exit code; 2 if there is no such NAME
 */
export async function dispatch(
  root: string,
  kind: string,
  [name, ...args]: readonly string[],
): Promise<number> {
  const programs: string[] = [];
  for await (const path of glob(`packages/*/${kind}/*.ts`, { cwd: root }))
    if (!path.endsWith(".test.ts")) programs.push(path);
  programs.sort();
  const chosen = programs.filter((path) => basename(path, ".ts") === name);
  if (chosen.length === 0) {
    const names = programs.map((path) => basename(path, ".ts"));
    const list = Array.from(new Set(names)).join(", ");
    const problem = name === undefined ? "" : `There is no ${kind} "${name}". `;
    process.stderr.write(
      `${problem}usage: npm run ${kind} -- NAME [options]\nNAME is ${list === "" ? "yet to be written: there is none" : `one of: ${list}`}\n`,
    );
    return 2;
  }
  if (args.includes("--help")) {
    for (const path of chosen) process.stdout.write(await usageIn(join(root, path)));
    return 0;
  }
  let worst = 0;
  for (const path of chosen) {
    const code = await runInGroup(process.execPath, [join(root, path), ...args], {
      cwd: root,
      env: process.env,
    });
    if (worst === 0) worst = code;
  }
  return worst;
}

/** A program says how it is called in its first comment that begins with `npm run`. */
async function usageIn(path: string): Promise<string> {
  const comment =
    /^\/\/ npm run (?:.*\n\/\/)*.*\n/m.exec(await readFile(path, "utf8"))?.[0] ?? `// ${path}\n`;
  return comment.replaceAll(/^\/\/ ?/gm, "");
}
