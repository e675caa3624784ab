/**
 * The suite that holds both drivers of the engine to the same promise. A driver's own test file calls it once:
 *
 *     testMls("WebCrypto", () => openMls());
 */
import { suite } from "node:test";
import { testTalk } from "./conformance/talk.ts";
import type { Open } from "./conformance/room.ts";

/** Registers the tests with `node:test`. `open` is called once a test. */
export function testMls(name: string, open: Open): void {
  suite(`MLS on ${name}`, () => {
    testTalk(open);
  });
}
