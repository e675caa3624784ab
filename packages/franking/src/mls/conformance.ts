/**
 * The suite that holds both drivers of the engine to the same promise. A driver's own test file calls it once:
 *
 *     testMls("WebCrypto", openMls);
 */
import { suite } from "node:test";
import { testDoor } from "./conformance/door.ts";
import { testOrder } from "./conformance/order.ts";
import { testRaces } from "./conformance/races.ts";
import type { Open } from "./conformance/room.ts";
import { testTalk } from "./conformance/talk.ts";

/** Registers the tests with `node:test`. */
export function testMls(name: string, open: Open): void {
  suite(`MLS on ${name}`, () => {
    testTalk(open);
    testOrder(open);
    testRaces(open);
    testDoor(open);
  });
}
