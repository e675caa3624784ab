import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { hrefOf, parseRoute, type Route } from "./route.ts";

suite("the addresses of the messenger", () => {
  test("every page has an address of its own that leads back to it", () => {
    const id = fc.string({ unit: "grapheme", minLength: 1 });
    const plain = fc
      .constantFrom("rooms", "new", "settings", "about", "help", "reports", "make", "link", "restore")
      .map((page): Route => ({ page }));
    const rooms = fc.tuple(fc.constantFrom("room", "details"), id);
    const ofRoom = rooms.map(([page, roomId]): Route => ({ page, roomId }));
    const ofReport = id.map((reportId) => ({ page: "report", reportId }) as const);
    fc.assert(
      fc.property(fc.oneof(plain, ofRoom, ofReport), (route) => {
        assert.deepEqual(parseRoute(hrefOf(route)), route);
      }),
      { numRuns: 200 },
    );
  });

  test("everything stands after #, so that no server is told which conversation is open", () => {
    assert.equal(
      hrefOf({ page: "room", roomId: "Rl33FWLCYWOwxHrYnpWDQg" }),
      "#/rooms/Rl33FWLCYWOwxHrYnpWDQg",
    );
  });

  test("an address that leads nowhere leads to the conversations", () => {
    for (const hash of [
      "",
      "#",
      "#/nowhere",
      "#/rooms/",
      "#/rooms/a/b/c",
      "#/rooms/%E0%A4%A",
      "#/settings/x",
    ])
      assert.deepEqual(parseRoute(hash), { page: "rooms" }, hash);
  });
});
