import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ADMISSION_LIMITS, type AdmissionLimits, type Leave, openAdmission } from "./admission.ts";

const LIMITS: AdmissionLimits = {
  atOnce: 2,
  waiting: 4,
  open: 50,
  turnMs: 60_000,
  patienceMs: 60_000,
  inCompany: 2,
  companyMs: 10_000,
  freshMs: 60_000,
};

/** Calls of senders, of which the test sees who was let in, in which order. */
function setUp(limits: Partial<AdmissionLimits> = {}) {
  const clock = { ms: 0 };
  const admission = openAdmission(() => clock.ms, { ...LIMITS, ...limits });
  const inside: string[] = [];
  const leaves: Leave[] = [];
  const call = (sender: string) =>
    admission.enter(sender).then((leave) => {
      inside.push(sender);
      leaves.push(leave);
    });
  const leaveFirst = async () => {
    leaves.shift()?.();
    await turn();
  };
  return { admission, call, clock, inside, leaveFirst };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("a sender with nothing under way is next, however many calls of another wait", async () => {
  const { call, inside, leaveFirst } = setUp();
  const flood = [call("flood"), call("flood"), call("flood"), call("flood"), call("flood")];
  await turn();
  const other = call("kites");
  await turn();
  assert.deepEqual(inside, ["flood", "flood"]);
  await leaveFirst();
  assert.deepEqual(inside, ["flood", "flood", "kites"]);
  for (let n = 0; n < 6; n += 1) await leaveFirst();
  await Promise.all([...flood, other]);
});

test("a sender that has too many waiting is refused at once, with when to come back; nobody else is", async () => {
  const { call, leaveFirst } = setUp();
  const flood = Array.from({ length: 6 }, () => call("flood"));
  await turn();
  await assert.rejects(call("flood"), { code: "rate.limited", retryAfterSeconds: 2 });
  const other = call("kites");
  await turn();
  assert.equal(await Promise.race([other.then(() => "in"), turn().then(() => "waits")]), "waits");
  for (let n = 0; n < 7; n += 1) await leaveFirst();
  await Promise.all([...flood, other]);
});

test("a call whose client is slow keeps nobody out once its turn is over", async () => {
  const { call } = setUp({ turnMs: 5 });
  await call("slow");
  await call("slow");
  // Neither has left.
  await call("kites");
});

test("a sender with too many open calls is refused, slow ones counted", async () => {
  const { call } = setUp({ turnMs: 1, open: 3 });
  for (let n = 0; n < 3; n += 1) await call("slow");
  await assert.rejects(call("slow"), { code: "rate.limited" });
  await call("kites");
});

test("a sender that is alone has every place; with company it has few, for as long as the other called not long ago", async () => {
  const { call, clock, inside, leaveFirst } = setUp({ atOnce: 5, inCompany: 2, waiting: 50 });
  for (let n = 0; n < 20; n += 1) void call("flood");
  await turn();
  assert.equal(inside.length, 5);
  await leaveFirst();
  assert.equal(inside.length, 6);
  void call("kites");
  await leaveFirst();
  assert.deepEqual(inside.slice(6), ["kites"]);
  // Of the flood's five one more leaves no place for another, until it has fewer than two.
  for (let n = 0; n < 3; n += 1) await leaveFirst();
  assert.deepEqual(inside.slice(7), ["flood"]);
  clock.ms = 9999;
  await leaveFirst();
  const before = inside.length;
  clock.ms = 10_000;
  await leaveFirst();
  assert.ok(inside.length > before + 1, "alone again, it has every place");
});

test("a station as it is set lets a sender with company have one call at work beside the others'", async () => {
  const inside: string[] = [];
  const admission = openAdmission(() => 0, ADMISSION_LIMITS);
  const call = (sender: string) => admission.enter(sender).then(() => inside.push(sender));
  void call("kites");
  for (let n = 0; n < 5; n += 1) void call("flood");
  await turn();
  assert.deepEqual(inside, ["kites", "flood"]);
});

test("a call that waits for its client makes no other call of its sender wait, with company or without", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { call, inside } = setUp({ atOnce: 5, inCompany: 1, freshMs: 5 });
  void call("kites");
  void call("slow");
  void call("slow");
  await turn();
  assert.deepEqual(inside, ["kites", "slow"]);
  t.mock.timers.tick(4);
  await turn();
  assert.deepEqual(inside, ["kites", "slow"]);
  t.mock.timers.tick(1);
  await turn();
  assert.deepEqual(inside, ["kites", "slow", "slow"]);
});

test("who waits too long is told so, and is not worked on afterwards", async () => {
  const { call, inside, leaveFirst } = setUp({ atOnce: 1, patienceMs: 5 });
  await call("first");
  await assert.rejects(call("second"), { code: "intake.busy" });
  await leaveFirst();
  assert.deepEqual(inside, ["first"]);
});

test("leaving twice gives one place back", async () => {
  const { admission, call, inside, leaveFirst } = setUp({ atOnce: 1 });
  const leave = await admission.enter("a");
  const waits = [call("b"), call("c")];
  leave();
  leave();
  await turn();
  assert.deepEqual(inside, ["b"]);
  await leaveFirst();
  await Promise.all(waits);
});

test("never more at once than allowed, and whoever waits gets in, in any order of coming and going", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (senders, atOnce) => {
        const { admission } = setUp({ atOnce, waiting: 100 });
        let now = 0;
        let most = 0;
        await Promise.all(
          senders.map(async (sender) => {
            const leave = await admission.enter(sender);
            now += 1;
            most = Math.max(most, now);
            await turn();
            now -= 1;
            leave();
          }),
        );
        assert.equal(now, 0);
        assert.ok(most <= atOnce);
      },
    ),
    { numRuns: 40 },
  );
});
