import { decode, encode, rfc8949EncodeOptions } from "cborg";
import type { Random } from "../../src/verify/testing/random.ts";
import { spoilBytes } from "../../src/verify/testing/spoil.ts";

/** Deterministic CBOR with one value in it exchanged, left out or doubled: in good form, and of no form that was agreed on. */
export function spoilTree(random: Random, bytes: Uint8Array): Uint8Array {
  const value: unknown = decode(bytes, { useMaps: true });
  return Uint8Array.from(encode(spoilValue(random, value), rfc8949EncodeOptions));
}

function spoilValue(random: Random, value: unknown): unknown {
  const isStop = random.below(6) === 0;
  if (Array.isArray(value) && value.length > 0 && !isStop) {
    const at = random.below(value.length);
    return value.with(at, spoilValue(random, value[at]));
  }
  if (value instanceof Map && value.size > 0 && !isStop) {
    const [key] = random.pick([...value]);
    return new Map(value).set(key, spoilValue(random, value.get(key)));
  }
  return random.pick(others(random, value))();
}

function others(random: Random, value: unknown): ReadonlyArray<() => unknown> {
  const strange = [
    null,
    true,
    0,
    1,
    255,
    2 ** 32,
    2n ** 64n - 1n,
    -1,
    "",
    "kite",
    new Uint8Array(32),
    [],
    new Map(),
  ];
  const any = (): unknown => random.pick<unknown>(strange);
  if (typeof value === "number" || typeof value === "bigint")
    return [() => BigInt(value) + 1n, () => BigInt(value) - 1n, () => -BigInt(value) - 1n, any];
  if (typeof value === "string")
    return [() => `${value}x`, () => value.slice(1), () => value.toUpperCase(), () => `\uFEFF${value}`, any];
  if (value instanceof Uint8Array)
    return [() => spoilBytes(random, value), () => spoilBytes(random, value), () => value.subarray(1), any];
  if (Array.isArray(value)) {
    const at = random.below(value.length);
    const other = random.below(value.length);
    return [
      () => value.toSpliced(at, 1),
      () => value.toSpliced(at, 0, value[at] ?? null),
      () => value.toSpliced(at, 1, value[other] ?? null).toSpliced(other, 1, value[at] ?? null),
      any,
    ];
  }
  if (value instanceof Map) {
    const [key] = random.pick<readonly [unknown, unknown]>([...value, [0, 0]]);
    return [
      () => new Map([...value].filter(([one]) => one !== key)),
      () => new Map(value).set(random.pick<unknown>([-1001, -1002, -1003, -1004, 7, "kite", ""]), any()),
      () =>
        new Map(value).set(
          random.pick<unknown>(["x".repeat(255), "x".repeat(256)]),
          new Uint8Array(random.pick([4092, 4093])),
        ),
      any,
    ];
  }
  return [any];
}
