import { callIn, type ThreadName, threadOf, type Watch, watch } from "./strace.ts";

/** A place where a station can be hit: the n-th call of a kind by one of its threads, from the moment a report is sent. */
export interface Point {
  readonly thread: ThreadName;
  readonly call: string;
  /** From 1. */
  readonly n: number;
}

/** A point's call as it was seen in a run without a fault; its text tells what it was about. */
export interface SeenCall extends Point {
  readonly line: string;
}

/** Of the thread that talks: sockets to clients and to the database, and its waiting for both. */
const MAIN_CALLS = [
  "read",
  "write",
  "writev",
  "sendmsg",
  "accept4",
  "openat",
  "close",
  "epoll_pwait",
  "epoll_wait",
];
/** Of the thread that works on files, each that changes anything, and those around them. */
const FILE_CALLS = [
  "openat,read,pread64,write,writev,pwrite64,pwritev,fsync,fdatasync,close",
  "link,linkat,unlink,unlinkat,rename,renameat,mkdir,statx,rmdir",
].flatMap((names) => names.split(","));
const CALLS: Readonly<Record<ThreadName, readonly string[]>> = { main: MAIN_CALLS, files: FILE_CALLS };

/**
 * Watches every call of a station's two threads while something is done.
 * @returns the calls in the order in which each thread made them
 */
export async function seenCalls(pid: number, folder: string, work: () => Promise<void>): Promise<SeenCall[]> {
  const watches: Array<[ThreadName, Watch]> = [];
  for (const thread of ["main", "files"] as const)
    watches.push([
      thread,
      await watch({ tid: threadOf(pid, thread), calls: CALLS[thread], output: `${folder}/seen-${thread}` }),
    ]);
  let lines: Array<[ThreadName, string[]]> = [];
  try {
    await work();
  } finally {
    lines = await Promise.all(
      watches.map(async ([thread, one]): Promise<[ThreadName, string[]]> => [thread, await one.detach()]),
    );
  }
  return lines.flatMap(([thread, of]) => numbered(thread, of));
}

function numbered(thread: ThreadName, lines: readonly string[]): SeenCall[] {
  const counts = new Map<string, number>();
  return lines.flatMap((line) => {
    const call = callIn(line);
    if (call === undefined) return [];
    const n = (counts.get(call) ?? 0) + 1;
    counts.set(call, n);
    return [{ thread, call, n, line }];
  });
}

export function nameOf({ thread, call, n }: Point): string {
  return `${thread}:${call}:${n}`;
}

/** What a call is about, by what strace says of its descriptor or path. */
export function kindOf(line: string): string {
  if (/\/vault[/">]/.test(line)) return "vault";
  if (/\/log[/">]/.test(line)) return "audit log";
  if (line.includes("eventpoll")) return "waiting";
  if (line.includes("eventfd")) return "between threads";
  if (/socket:|TCP|UNIX/.test(line)) return "sockets";
  return "other";
}
