import assert from "node:assert/strict";
import test from "node:test";
import { Client, DatabaseError } from "pg";
import { isConnectionLost, retryWhileDown } from "./connection-lost.ts";
import { type EventFields, silentLog } from "./log.ts";

function databaseError(code: string): DatabaseError {
  const error = new DatabaseError("said the server", 1, "error");
  error.code = code;
  return error;
}

test("a server that ends the session or takes none is a lost connection", () => {
  for (const code of ["57P01", "57P02", "57P03", "08006", "08003", "25P03"])
    assert.equal(isConnectionLost(databaseError(code)), true, code);
});

test("a statement that is wrong is not a lost connection", () => {
  for (const code of ["23505", "42601", "40001", "57014", "53300"])
    assert.equal(isConnectionLost(databaseError(code)), false, code);
  assert.equal(isConnectionLost(new Error("Cannot use a pool after calling end on the pool")), false);
  assert.equal(isConnectionLost(null), false);
});

test("a file that is missing is not a lost connection, a socket that is missing is one", async () => {
  assert.equal(
    isConnectionLost(Object.assign(new Error("open"), { code: "ENOENT", syscall: "open" })),
    false,
  );
  const client = new Client({ host: "/nonexistent", port: 5432, user: "nobody", database: "none" });
  await assert.rejects(client.connect(), isConnectionLost);
});

test("a port that nobody listens on is a lost connection", async () => {
  // Port 1 of the loopback address (tcpmux) is never in use.
  const client = new Client({ host: "127.0.0.1", port: 1, user: "nobody", database: "none" });
  await assert.rejects(client.connect(), isConnectionLost);
});

test("the cause of an error tells as well", () => {
  assert.equal(isConnectionLost(new Error("could not work up", { cause: databaseError("57P01") })), true);
});

test("work is repeated while the database is away and its result is given", async () => {
  const events: [string, EventFields][] = [];
  let calls = 0;
  const result = await retryWhileDown(
    async () => {
      calls += 1;
      if (calls < 3) throw databaseError("57P03");
      return "done";
    },
    { forMs: 10_000, log: { ...silentLog, warn: (fields, event) => events.push([event, fields]) } },
  );
  assert.equal(result, "done");
  assert.deepEqual(events, [
    ["database.away", { pauseMs: 50 }],
    ["database.away", { pauseMs: 100 }],
  ]);
});

test("an error of the work itself is thrown at once", async () => {
  let calls = 0;
  const work = async (): Promise<never> => {
    calls += 1;
    throw databaseError("23505");
  };
  await assert.rejects(retryWhileDown(work, { forMs: 10_000 }), { code: "23505" });
  assert.equal(calls, 1);
});

test("when the time is over or nobody waits any more the last error is thrown", async () => {
  const away = async (): Promise<never> => {
    throw databaseError("57P03");
  };
  await assert.rejects(retryWhileDown(away, { forMs: 0 }), { code: "57P03" });
  const impatience = new AbortController();
  const waiting = retryWhileDown(away, { forMs: 60_000, signal: impatience.signal });
  impatience.abort();
  await assert.rejects(waiting, { code: "57P03" });
});
