/**
 * The suite that holds every `ServerStore` to the same promise. A store's own test file calls it once:
 *
 *     testServerStore("PostgreSQL", () => openTestStore());
 */
import { after, before, suite } from "node:test";
import type { StoreUnderTest } from "./conformance/fixture.ts";
import { testModel } from "./conformance/model.ts";
import { testOrder } from "./conformance/order.ts";
import { testRaces } from "./conformance/races.ts";

export type { Credentials, Kept, StoreUnderTest } from "./conformance/fixture.ts";

export interface ConformanceOptions {
  /** Runs of the property with random sequences, about 20 store calls each. */
  readonly propertyRuns?: number;
}

/**
 * Registers the tests with `node:test`.
 *
 * @param name what stands in the tests' title
 * @param open gives one fresh store for the whole suite; it is disposed of at the end. The tests bring their own time,
 *   midday of 1 March 2026 and later.
 */
export function testServerStore(
  name: string,
  open: () => Promise<StoreUnderTest>,
  options: ConformanceOptions = {},
): void {
  suite(`a CyberTipline server's store: ${name}`, () => {
    let subject: StoreUnderTest | undefined;
    const current = (): StoreUnderTest => {
      if (subject === undefined) throw new Error("the store is opened before the first test");
      return subject;
    };
    before(async () => {
      subject = await open();
    });
    after(async () => {
      await subject?.[Symbol.asyncDispose]();
    });
    testOrder(current);
    testRaces(current);
    testModel(current, options.propertyRuns ?? 30);
  });
}
