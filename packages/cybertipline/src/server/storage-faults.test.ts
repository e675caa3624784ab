import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { submission } from "./conformance/fixture.ts";
import { type Heard, type LoopbackOptions, platform, startLoopback } from "./loopback-fixture.ts";
import { type ServerStore, StoreFault } from "./store.ts";

/** A store of which one operation fails before it does anything. */
function failing(operation: keyof ServerStore, error: Error): LoopbackOptions {
  return {
    around: (store) =>
      new Proxy<ServerStore>(store, {
        get(target, name: keyof ServerStore) {
          const real = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>;
          if (name !== operation) return real;
          return () => Promise.reject(error);
        },
      }),
  };
}

const CALLS = {
  authenticate: (esp) => esp.call("/status"),
  open: (esp) => esp.submit(),
  lookUp: (esp, reportId) => esp.describe(reportId, "b"),
  stage: (esp, reportId) => esp.upload(reportId, "hills"),
  attach: (esp, reportId) => esp.upload(reportId, "hills"),
  describe: (esp, reportId) => esp.describe(reportId, `b${"0".repeat(31)}`),
  finish: (esp, reportId) => esp.finish(reportId),
  retract: (esp, reportId) => esp.retract(reportId),
} as const satisfies Partial<
  Record<keyof ServerStore, (esp: ReturnType<typeof platform>, reportId: string) => Promise<Heard>>
>;

const RETRY_CODES: Readonly<Record<keyof typeof CALLS, number>> = {
  authenticate: 1000,
  open: 1100,
  lookUp: 1300,
  stage: 1111,
  attach: 1111,
  describe: 1300,
  finish: 1300,
  retract: 1300,
};

/** A report opened behind the server's back, so that the store may fail at anything. */
async function openDirectly({ store }: Awaited<ReturnType<typeof startLoopback>>): Promise<string> {
  const account = await store.authenticate("platform", "a:long&secret<é");
  assert.ok(account !== undefined);
  return store.open(account, submission(Date.UTC(2026, 2, 1, 12)));
}

for (const operation of Object.keys(CALLS) as (keyof typeof CALLS)[]) {
  test(`answers 503 with a code to retry and the seconds to wait when the store fails to ${operation}`, async () => {
    for (const code of ["unavailable", "full"] as const) {
      const fault = new StoreFault(code, "the disk of the vault", 17);
      await using server = await startLoopback(failing(operation, fault));
      const answer = await CALLS[operation](platform(server.base), await openDirectly(server));
      assert.deepEqual([answer.status, answer.code], [503, RETRY_CODES[operation]], answer.body);
      assert.equal(answer.headers.get("retry-after"), "17");
      assert.doesNotMatch(answer.body, /vault/);
      // Once an attachment has begun, only the sweep may delete its bytes.
      assert.equal(server.store.stagedCount(), operation === "attach" ? 1 : 0);
      assert.equal(server.events.find((event) => event.name === "cybertipline.fault")?.error, fault);
    }
  });

  test(`answers 500 with 1000 and no word about it when the store breaks at ${operation}`, async () => {
    await using server = await startLoopback(failing(operation, new TypeError("secret table name")));
    const answer = await CALLS[operation](platform(server.base), await openDirectly(server));
    assert.deepEqual([answer.status, answer.code], [500, 1000]);
    assert.doesNotMatch(answer.body, /secret|TypeError|\.ts/);
    assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f]{32}$/);
  });
}

test("leaves a file alone whose attachment failed with an unknown outcome: it may be part of the report", async () => {
  const discarded: string[] = [];
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      attach: async (...args) => {
        await store.attach(...args);
        throw new StoreFault("unavailable", "the answer to COMMIT was lost");
      },
      discard: async (file) => {
        discarded.push(file.stagedId);
      },
    }),
  });
  const reportId = await openDirectly(server);
  const answer = await platform(server.base).upload(reportId, "hills");
  assert.deepEqual([answer.status, answer.code], [503, 1111]);
  assert.deepEqual(discarded, []);
  assert.equal(server.store.reports()[0]?.files.size, 1);
});

test("answers the real reason when cleaning up fails as well", async () => {
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      discard: () => Promise.reject(new StoreFault("unavailable", "the vault is away")),
    }),
  });
  const form = new FormData();
  form.append("file", new Blob(["hills"]));
  const answer = await platform(server.base).post("/upload", form);
  assert.deepEqual([answer.status, answer.code], [400, 4000]);
});

test("stops taking bytes when the store fails in the middle of a file", async () => {
  let taken = 0;
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      stage: async (account, bytes, at) => {
        async function* untilFull(): AsyncGenerator<Uint8Array> {
          for await (const chunk of bytes) {
            taken += chunk.byteLength;
            if (taken > 100_000) throw new StoreFault("full", "no space left");
            yield chunk;
          }
        }
        return store.stage(account, untilFull(), at);
      },
    }),
  });
  const reportId = await openDirectly(server);
  const answer = await platform(server.base).upload(reportId, new Uint8Array(5_000_000));
  assert.deepEqual([answer.status, answer.code], [503, 1111]);
  assert.ok(taken < 1_000_000);
  assert.equal(server.store.stagedCount(), 0);
});

test("answers what the store says, which cleans up first, when it fails in the middle of a file", async () => {
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      stage: async (_account, bytes) => {
        for await (const chunk of bytes) if (chunk.byteLength > 0) break;
        // As a vault does that removes what it has written; meanwhile the parser meets a reader that has gone.
        await sleep(50);
        throw new StoreFault("full", "no space left", 17);
      },
    }),
  });
  const reportId = await openDirectly(server);
  const answer = await platform(server.base).upload(reportId, new Uint8Array(1_000_000));
  assert.deepEqual([answer.status, answer.code], [503, 1111], answer.body);
  assert.equal(answer.headers.get("retry-after"), "17");
});
