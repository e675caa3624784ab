import type { Evidence } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Graded, Integrity } from "./attribute.ts";
import { because } from "./messages.ts";

/** Hash algorithms that we measure at receipt, by the names that senders use. */
const MEASURED: Readonly<Record<string, "md5" | "sha1" | "sha256">> = {
  md5: "md5",
  sha1: "sha1",
  "sha-1": "sha1",
  sha256: "sha256",
  "sha-256": "sha256",
};

/** How well one piece of evidence is held (agency.md 4.1). */
export function integrityOf(item: Evidence, path: string, the: Case): Graded<Integrity> {
  const { context, sender, station } = the;
  const { received } = item;
  if (received === undefined)
    return {
      value: "I0",
      reasons: [because("integrity.not-received", path, sender)],
      holds: [because("integrity.not-received", path, sender)],
    };

  const compared = item.declaredHashes.flatMap((declared, index) => {
    const algorithm = MEASURED[declared.algorithm.toLowerCase()];
    return algorithm === undefined
      ? []
      : [
          {
            algorithm,
            agrees: declared.value.toLowerCase() === received[algorithm],
            path: `${path}/declaredHashes/${index}`,
          },
        ];
  });
  const differing = compared.filter(({ agrees }) => !agrees);
  const blocking = [
    ...differing.map((hash) =>
      because("integrity.hash-differs", hash.path, station, { algorithm: hash.algorithm }),
    ),
    ...(context.senderAuthenticated
      ? []
      : [because("integrity.sender-unknown", "/context/senderAuthenticated", station)]),
    ...(context.custody === "broken"
      ? [because("integrity.custody-broken", "/context/custody", station)]
      : []),
  ];
  if (blocking.length > 0)
    return {
      value: "I1",
      reasons: [because("integrity.received", `${path}/received`, station)],
      holds: blocking,
    };

  const recorded = because("integrity.recorded", `${path}/received/sha256`, station);
  const agreeing = compared[0];
  const signed = context.handOffs === "signed";
  if (agreeing !== undefined && signed)
    return {
      value: "I3",
      reasons: [
        recorded,
        because("integrity.original-hash-agrees", agreeing.path, sender, { algorithm: agreeing.algorithm }),
        because("integrity.hand-offs-signed", "/context/handOffs", station),
      ],
      holds: [],
    };
  return {
    value: "I2",
    reasons: [recorded],
    holds: [
      ...(agreeing === undefined
        ? [because("integrity.no-declared-hash", `${path}/declaredHashes`, sender)]
        : []),
      ...(signed ? [] : [because("integrity.hand-offs-unsigned", "/context/handOffs", station)]),
    ],
  };
}
