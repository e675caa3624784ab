import { PKIFailureInfo } from "@peculiar/asn1-tsp";

/** RFC 3161, section 2.4.2: PKIFailureInfo, by the number of the bit. (The library's own table of these is shifted by one.) */
const bits = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const;

export type TimestampFailure = keyof typeof bits;

export function failureInfo(failure: TimestampFailure): PKIFailureInfo {
  return new PKIFailureInfo(2 ** bits[failure]);
}

/** What an authority gives as its reason; empty if it names none that RFC 3161 knows. */
export function failuresIn(info: PKIFailureInfo | undefined): readonly string[] {
  const set = info?.toNumber() ?? 0;
  return Object.entries(bits)
    .filter(([, bit]) => Math.floor(set / 2 ** bit) % 2 === 1)
    .map(([name]) => name);
}
