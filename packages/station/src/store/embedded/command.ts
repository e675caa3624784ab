import type { Identity } from "./identity.ts";

/** How every program of one embedded PostgreSQL is started. */
export interface Confinement {
  readonly identity: Identity;
  readonly libraryPath: readonly string[];
}

/**
 * `setpriv --pdeathsig` asks the kernel to signal the program when its parent dies. A parent that died before the
 * request was made would never be noticed, so the last step compares the parent with the one that was meant.
 */
const guard = `
[ "$PPID" = "$1" ] || exit 113
[ -z "$2" ] || export LD_LIBRARY_PATH="$2"
shift 2
exec "$@"
`;

/**
 * The words that run `program` as the confinement's identity, without any way to gain privileges, and that make
 * the kernel send it SIGINT (PostgreSQL's fast shutdown) when this process dies, even by kill -9. No step forks:
 * the process that is spawned becomes the program, with the same pid.
 *
 * The kernel watches the thread that spawns, so call this from the main thread, not from a worker that may end.
 */
export function confinedCommand(
  confinement: Confinement,
  program: string,
  args: readonly string[],
): readonly [string, ...string[]] {
  const limits = ["setpriv", "--no-new-privs", "--pdeathsig", "INT"];
  const guarded = ["sh", "-c", guard, "sh", String(process.pid), confinement.libraryPath.join(":")];
  const [first = "setpriv", ...rest] = [
    ...confinement.identity.prefix,
    ...limits,
    ...guarded,
    program,
    ...args,
  ];
  return [first, ...rest];
}

/** PostgreSQL reads PG* variables and locales from the environment; it gets none of ours. */
export function confinedEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}
