import type { Claim, Evidence } from "@fairlead/report";
import type { Filled, Item, Stated } from "./item.ts";

/** What measuring the bytes of a file would give: which bytes does not matter. */
const MEASURED = { size: 1, sha256: "0".repeat(64), sha1: "0".repeat(40), md5: "0".repeat(32) };

/** What a report can lack about its files. */
export const FILE_ITEMS: readonly Item[] = [
  {
    id: "file-viewed",
    text: "whether a person at the service viewed this very file in full",
    supply: viewed,
  },
  {
    id: "file-content",
    text: "the file itself, not only its hash",
    supply: (stated) =>
      overFiles(stated, "received", (item) =>
        item.received === undefined ? { ...item, received: agreeing(item) } : item,
      ),
  },
  {
    id: "file-hash",
    text: "the hash of the file as it lay on the service",
    supply: (stated) =>
      overFiles(stated, "declaredHashes", (item) =>
        item.declaredHashes.length > 0
          ? item
          : {
              ...item,
              declaredHashes: [{ algorithm: "sha256", value: (item.received ?? MEASURED).sha256 }],
            },
      ),
  },
];

/** Bytes that are what the sender says of them. */
function agreeing({ declaredHashes }: Evidence): NonNullable<Evidence["received"]> {
  const measured = { ...MEASURED };
  for (const { algorithm, value } of declaredHashes) {
    const name = algorithm.toLowerCase().replace("-", "");
    if (name === "md5" || name === "sha1" || name === "sha256") measured[name] = value.toLowerCase();
  }
  return measured;
}

function overFiles(
  { report, claims }: Stated,
  field: keyof Evidence,
  fill: (item: Evidence) => Evidence,
): Filled {
  const paths: string[] = [];
  const evidence = report.evidence.map((item, index) => {
    const filled = item.kind === "file" ? fill(item) : item;
    if (filled !== item) paths.push(`/report/evidence/${index}/${field}`);
    return filled;
  });
  return { report: { ...report, evidence }, claims, paths };
}

/** A no of the sender's own gives way to its yes: it has viewed the file since. */
function viewed({ report, claims }: Stated): Filled {
  const paths: string[] = [];
  const added: Claim[] = [];
  const says = (claim: Claim, id: string, value: boolean) =>
    claim.about.kind === "evidence" &&
    claim.about.id === id &&
    claim.states.kind === "flag" &&
    claim.states.flag === "viewed-in-full" &&
    claim.states.value === value;
  let own = report.claims;
  report.evidence.forEach(({ id, kind }, index) => {
    const isSaid = own.some((claim) => says(claim, id, true)) && !own.some((claim) => says(claim, id, false));
    if (kind !== "file" || isSaid) return;
    paths.push(`/report/evidence/${index}`);
    own = own.filter((claim) => !says(claim, id, false) && !says(claim, id, true));
    added.push({
      about: { kind: "evidence", id },
      source: { kind: "sender", name: report.sender.name },
      states: { kind: "flag", flag: "viewed-in-full", value: true },
    });
  });
  return { report: { ...report, claims: [...own, ...added] }, claims, paths };
}
