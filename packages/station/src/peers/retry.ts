/**
 * When to try an unreachable peer again: quickly at first, because most failures are a restart, then at most every five
 * minutes for ever. Nothing is ever given up in silence; the desk shows what waits and for how long.
 * @param attempts how often it has failed, from 1
 * @returns milliseconds to wait
 */
export function retryDelayMs(attempts: number): number {
  return Math.min(500 * 2 ** Math.min(Math.max(attempts, 1) - 1, 10), 300_000);
}
