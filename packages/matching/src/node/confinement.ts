import { type ChildProcess, execFile, spawn, type StdioOptions } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a confined program may use. */
export interface ProgramLimits {
  /** Bytes of memory it can write to, its own start included. */
  readonly memory: number;
  /** Seconds of processor time, after which the system kills it. */
  readonly cpuSeconds: number;
}

/** What this machine offers to hold a program in. `doctor` and the manual name what is missing. */
export interface Confinement {
  /** `unshare` gives it a network of its own, with nobody in it. */
  readonly noNetwork: boolean;
  /** `prlimit` bounds its memory, its processor time and its files. */
  readonly limits: boolean;
  /**
   * Starts a program with an empty environment in `/`, with nothing of ours but the pipes that it is given.
   *
   * @param stdio as for node:child_process
   */
  start(program: string, words: readonly string[], limits: ProgramLimits, stdio: StdioOptions): ChildProcess;
}

const NETWORKS = [
  ["unshare", "--user", "--map-current-user", "--net"],
  ["unshare", "--net"],
] as const;

/** Finds out, by trying, what this machine can do. Both programs belong to util-linux; other systems have neither. */
export async function findConfinement(): Promise<Confinement> {
  const network = await firstThatRuns(NETWORKS);
  const limits = (await firstThatRuns([["prlimit", "--nofile=64"]])) !== null;
  return {
    noNetwork: network !== null,
    limits,
    start: (program, words, bounds, stdio) => {
      const [first = program, ...rest] = [
        ...(network ?? []),
        ...(limits ? limitWords(bounds) : []),
        program,
        ...words,
      ];
      // TZ is named since a C library without it looks for the machine's own in a file.
      return spawn(first, rest, { stdio, cwd: "/", env: { PATH: process.env["PATH"], TZ: "UTC" } });
    },
  };
}

function limitWords({ memory, cpuSeconds }: ProgramLimits): readonly string[] {
  const words = { data: memory, cpu: cpuSeconds, fsize: 0, nofile: 64, core: 0 };
  return ["prlimit", ...Object.entries(words).map(([name, value]) => `--${name}=${value}`)];
}

async function firstThatRuns(ways: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const way of ways) {
    const [program = "", ...words] = way;
    const ran = await run(program, [...words, "true"]).then(
      () => true,
      () => false,
    );
    if (ran) return way;
  }
  return null;
}
