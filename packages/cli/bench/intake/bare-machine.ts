import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Pool } from "pg";
import { FILE_BYTES, FILES } from "./cycle.ts";

/** What a report's documents hold, in bytes: the row of one commit. */
const ROW_BYTES = 1500;
/** A report is opened, each file is attached and described, and it is finished: each is one answer and so one commit. */
const COMMITS = 2 + 2 * FILES;

/**
 * What this machine can do for the same bytes and transactions, and nothing else: for each cycle three files' bytes appended to
 * one file, where all that wait at a moment share one fsync, and eight commits of one row. No HTTP, no XML, no encryption, no hash.
 *
 * @param lanes how many cycles are under way at once
 * @returns cycles in a second
 */
export async function bareMachine(options: {
  databaseUrl: string;
  folder: string;
  lanes: number;
  seconds: number;
}): Promise<number> {
  const pool = new Pool({ connectionString: options.databaseUrl, max: options.lanes });
  const path = join(options.folder, "bare-machine");
  const file = await open(path, "w");
  try {
    await pool.query(
      "create table if not exists bare_machine (id bigserial primary key, body bytea not null)",
    );
    const durable = groupWriter(file);
    const bytes = randomBytes(FILE_BYTES);
    const row = randomBytes(ROW_BYTES);
    const commit = async () => {
      await pool.query({ name: "row", text: "insert into bare_machine (body) values ($1)", values: [row] });
    };
    const until = performance.now() + options.seconds * 1000;
    const began = performance.now();
    let done = 0;
    const lane = async () => {
      while (performance.now() < until) {
        for (let n = 0; n < COMMITS; n += 1) {
          // The second, fourth and sixth are those of the files.
          if (n % 2 === 1 && n < 2 * FILES) await durable(bytes);
          await commit();
        }
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: options.lanes }, lane));
    return done / ((performance.now() - began) / 1000);
  } finally {
    await file.close();
    await rm(path, { force: true });
    await pool.query("drop table if exists bare_machine");
    await pool.end();
  }
}

/** Appends what has come while the last group was being written, and resolves all of it with one fsync. */
function groupWriter(file: Awaited<ReturnType<typeof open>>): (bytes: Uint8Array) => Promise<void> {
  let waiting: Array<{ bytes: Uint8Array; done: () => void; failed: (error: unknown) => void }> = [];
  let running = false;
  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await file.writev(group.map((entry) => entry.bytes));
        await file.datasync();
        for (const entry of group) entry.done();
      } catch (error) {
        for (const entry of group) entry.failed(error);
      }
    }
    running = false;
  };
  return (bytes) =>
    new Promise((done, failed) => {
      waiting.push({ bytes, done, failed });
      if (!running) void run();
    });
}
