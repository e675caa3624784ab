import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { makeWorld } from "../testing/people.ts";

const DAY_MS = 24 * 3_600_000;

suite("what the hub's rules lead to", () => {
  test("is known at the next sign of it, and can be appealed", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana", 2012), await world.person("ben")];
    await world.settle();
    const account = world.hub.state.accounts.get("ana");
    assert.ok(account !== undefined);
    const since = world.clock.now();
    account.safety = {
      ...account.safety,
      actions: [{ action: "friction", since, until: since + 14 * DAY_MS }],
    };
    // Any request makes a device ask again.
    await ben.createRoom({ handles: ["ana"], name: null });
    await world.settle();
    assert.deepEqual(ana.getState().safety?.actions, account.safety.actions);
    await ana.appeal("A club's new secretary");
    assert.equal(ana.getState().safety?.appeal?.decidedAt, null);
  });

  test("a notice about who asked is there until the person says that it is fine, or blocks them", async () => {
    await using world = await makeWorld();
    const [ana, kim] = [await world.person("ana"), await world.person("kim", 2012)];
    await world.settle();
    const account = world.hub.state.accounts.get("kim");
    const uri = ana.getState().me?.uri ?? "";
    assert.ok(account !== undefined);
    const notices = [{ uri, name: "Ana Example", at: world.clock.now() }];
    account.safety = { ...account.safety, notices };
    await ana.createRoom({ handles: ["kim"], name: null });
    await world.settle();
    assert.deepEqual(kim.getState().safety?.notices, notices);
    await kim.sayFine(uri);
    assert.deepEqual(kim.getState().safety?.notices, []);
    account.safety = { ...account.safety, notices };
    await kim.answerAsk(uri, true);
    await world.settle();
    const again = await world.freeze(kim);
    const later = await world.device({ store: again });
    await world.settle([later]);
    assert.deepEqual(later.getState().safety?.notices, notices);
    await later.block(uri);
    assert.deepEqual(later.getState().safety?.notices, []);
  });
});
