import { InvalidArgumentError } from "commander";

/** Parser of an option that is a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least)) throw new InvalidArgumentError(`A whole number from ${least} on is needed.`);
    return number;
  };
}

/** Parser of a port: 0 lets the system choose. */
export function portNumber(text: string): number {
  const port = wholeNumber(0)(text);
  if (port > 65_535) throw new InvalidArgumentError("A port is at most 65535.");
  return port;
}
