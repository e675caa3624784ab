/** Processor time of several ways to do the same, in milliseconds, taken in turns so that what slows the machine slows all. */
export async function inTurns<Name extends string>(
  ways: Readonly<Record<Name, () => unknown>>,
  turns: number,
  atLeastMs: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (const name of names) await once(ways[name], atLeastMs * 2);
  for (let turn = 0; turn < turns; turn++)
    for (const name of names) times.get(name)?.push(await once(ways[name], atLeastMs));
  const medians = names.map((name) => [name, median(times.get(name) ?? [])]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** The time of one call, of as many as make up the time that is asked for. */
async function once(way: () => unknown, atLeastMs: number): Promise<number> {
  const started = process.cpuUsage();
  for (let calls = 1; ; calls++) {
    await way();
    const { user, system } = process.cpuUsage(started);
    const ms = (user + system) / 1000;
    if (ms >= atLeastMs) return ms / calls;
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
