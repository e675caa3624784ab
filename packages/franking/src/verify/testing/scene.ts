import assert from "node:assert/strict";
import type { BundleItem, ProviderItem, ReportBundle } from "../../bundle/types.ts";
import type { BundleVerdict, Step, VerifyInput } from "../types.ts";
import { verifyBundle } from "../verify-bundle.ts";
import { type Device, makeWorld, type World } from "./world.ts";

export interface Scene {
  readonly world: World;
  readonly al: Device;
  readonly bo: Device;
}

/** Al and Bo talk about kites: eight messages, Al writes the odd ones. */
export async function scene(): Promise<Scene> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (let seq = 1; seq <= 8; seq += 1)
    await world.say(seq % 2 === 1 ? al : bo, `Kite number ${seq} is blue.`);
  return { world, al, bo };
}

/** Bo's report of Al's fifth message, then altered. */
export async function verified(
  { world, bo }: Scene,
  alter: {
    bundle?: (bundle: ReportBundle) => ReportBundle;
    input?: (input: VerifyInput) => VerifyInput;
  } = {},
  withheld: number[] = [],
): Promise<BundleVerdict> {
  const bundle = await world.report(bo, { selected: [5], withheld });
  const input = await world.input(bo, alter.bundle?.(bundle) ?? bundle);
  return await verifyBundle(alter.input?.(input) ?? input);
}

export function stepOf(verdict: BundleVerdict, step: Step, roomSeq?: number): string {
  const steps =
    roomSeq === undefined
      ? verdict.steps
      : verdict.items.find((item) => item.roomSeq === String(roomSeq))?.steps;
  const found = steps?.find((one) => one.step === step);
  return found === undefined
    ? "none"
    : found.result === "passed"
      ? "passed"
      : `${found.result} ${found.code}`;
}

/** As it is offline: nobody to ask about the mark. */
export function withoutProvider(input: VerifyInput): VerifyInput {
  const { checkFrank: asked, ...rest } = input;
  assert.ok(asked !== undefined);
  return rest;
}

export const changeItem =
  (seq: number, change: (item: BundleItem) => BundleItem) => (bundle: ReportBundle) => ({
    ...bundle,
    items: bundle.items.map((item) => (item.ext.roomSeq === BigInt(seq) ? change(item) : item)),
  });

export const changeRecord =
  (seq: number, change: (item: ProviderItem) => ProviderItem) => (input: VerifyInput) => ({
    ...input,
    records: {
      ...input.records,
      items: input.records.items.map((item) => (item.record.roomSeq === BigInt(seq) ? change(item) : item)),
    },
  });

/** As if only these accounts had ever been members. */
export const changeMembers = (isIn: (uri: string) => boolean) => (input: VerifyInput) => ({
  ...input,
  records: {
    ...input.records,
    rosters: input.records.rosters.map((roster) => ({
      ...roster,
      members: roster.members.filter(({ uri }) => isIn(uri)),
    })),
  },
});
