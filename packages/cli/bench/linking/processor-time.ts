import { readFile } from "node:fs/promises";
import type { Client } from "pg";

/** Microseconds of processor time that this thread took for something. */
export async function ownTime(does: () => void | Promise<void>): Promise<number> {
  const before = process.threadCpuUsage();
  await does();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** Linux counts in hundredths of a second, whatever its own clock's step is (USER_HZ; proc_pid_stat(5), utime and stime). */
const TICK_US = 10_000;

/**
 * Reads the processor time that the process behind a connection took so far, in microseconds. What PostgreSQL does in other processes, writing
 * pages out, is not in it.
 * @throws Error on systems without /proc
 */
export async function serverTimeOf(client: Client): Promise<() => Promise<number>> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const path = `/proc/${rows[0]?.pid}/stat`;
  return async () => {
    const text = await readFile(path, "utf8").catch((cause: unknown) => {
      throw new Error(
        `growth: ${path} cannot be read; processor time of the database is measured on Linux only`,
        {
          cause,
        },
      );
    });
    // The name in brackets may hold spaces; behind it utime and stime are the 12th and 13th field.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_US;
  };
}
