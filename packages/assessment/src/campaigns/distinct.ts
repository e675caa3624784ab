import { hashText } from "../linking/subjects/value-hash.ts";

/** How many different names: exact up to `EXACT`, and about so many beyond (standard error 1.6 percent). */
export interface Distinct {
  names: Set<string> | undefined;
  registers: Uint8Array | undefined;
}

const EXACT = 1024;
const BITS = 12;
const REGISTERS = 2 ** BITS;

export function openDistinct(): Distinct {
  return { names: new Set(), registers: undefined };
}

/** Counts a name. In whatever order names come, the count is the same. */
export function countName(distinct: Distinct, name: string): void {
  if (distinct.names === undefined) {
    register(distinct, name);
    return;
  }
  distinct.names.add(name);
  if (distinct.names.size <= EXACT) return;
  for (const each of distinct.names) register(distinct, each);
  distinct.names = undefined;
}

/** Counts everything that another has counted. */
export function countAll(into: Distinct, { names, registers }: Distinct): void {
  if (names !== undefined) {
    for (const name of names) countName(into, name);
    return;
  }
  for (const name of into.names ?? []) register(into, name);
  into.names = undefined;
  const own = (into.registers ??= new Uint8Array(REGISTERS));
  registers?.forEach((value, place) => {
    if (value > own[place]!) own[place] = value;
  });
}

/** HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007) over 64-bit hashes: no correction for large numbers is needed. */
export function countOf({ names, registers }: Distinct): number {
  if (names !== undefined) return names.size;
  let sum = 0;
  let empty = 0;
  for (const value of registers ?? []) {
    sum += 2 ** -value;
    if (value === 0) empty += 1;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
}

function register(distinct: Distinct, name: string): void {
  const registers = (distinct.registers ??= new Uint8Array(REGISTERS));
  const { lo, hi } = hashText(name, [0, 0]);
  const place = lo & (REGISTERS - 1);
  const rank = hi === 0 ? 33 : Math.clz32(hi) + 1;
  if (rank > registers[place]!) registers[place] = rank;
}
