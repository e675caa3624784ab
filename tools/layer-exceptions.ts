/** What the layer check lets pass, each with its reason. One that nothing needs any more is itself a finding. */
export interface Exception {
  readonly path: string;
  readonly what: string;
  readonly reason: string;
}

const durations =
  "measures how long the other side of a connection that it was handed may stay silent: a duration, no time of day, and nothing in a report depends on it";

const keyMaterial = "makes keys and nonces; a caller could only choose worse ones";

export const exceptions: readonly Exception[] = [
  { path: "packages/cybertipline/src/client/exchange.ts", what: "setTimeout", reason: durations },
  { path: "packages/cybertipline/src/server/body.ts", what: "setTimeout", reason: durations },
  { path: "packages/cybertipline/src/server/body.ts", what: "performance.now", reason: durations },
  { path: "packages/cybertipline/src/server/respond.ts", what: "setTimeout", reason: durations },
  { path: "packages/franking/src/crypto/node.ts", what: "randomBytes", reason: keyMaterial },
  { path: "packages/franking/src/crypto/web.ts", what: "crypto.getRandomValues", reason: keyMaterial },
  { path: "packages/sealing/src/age/seal.ts", what: "randomBytes", reason: keyMaterial },
  { path: "packages/sealing/src/age/identity.ts", what: "randomBytes", reason: keyMaterial },
  { path: "packages/franking/src/mls/node-suite.ts", what: "randomBytes", reason: keyMaterial },
  { path: "packages/franking/src/mls/web-suite.ts", what: "crypto.getRandomValues", reason: keyMaterial },
];

/**
 * Files of a station's rooms that other rooms may import without going through the door, each with its reason. They hold
 * types and data only, and import no room themselves.
 */
export const sharedWords: Readonly<Record<string, string>> = {
  "store/tables.ts": "the database's tables as types: every room writes its own SQL on them",
  "desk-api/contract.ts":
    "what the desk's API says, as schemas; rooms answer in these words, and the door would lead back to themselves",
  "store/work-tables.ts": "the same for requests, answers and scorecards",
  "desk-api/request-contract.ts":
    "what the desk's API says of requests and answers, as desk-api/contract.ts does",
  "desk-api/sender-contract.ts": "what the desk's API says of senders, as desk-api/contract.ts does",
  "desk-api/words.ts": "how levels and tiers are called, for whoever puts them in front of a person",
  "desk-api/claim-words.ts":
    "how claims and their sources are called, for whoever puts them in front of a person",
};
