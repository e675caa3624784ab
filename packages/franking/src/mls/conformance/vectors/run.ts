import type { CiphersuiteImpl } from "ts-mls";
import { messageProtection, messages, welcome } from "./framing.ts";
import { passiveClient } from "./passive.ts";
import {
  cryptoBasics,
  deserialization,
  keySchedule,
  pskSecret,
  secretTree,
  transcriptHashes,
} from "./schedule.ts";
import { suiteOf } from "./suites.ts";
import { treeKem, treeMath, treeOperations, treeValidation } from "./trees.ts";

/** One official file of test vectors: what runs it, and for how many cases it is known. */
export interface VectorFile {
  readonly name: string;
  /** Cases in the whole file. */
  readonly cases: number;
  readonly run: (vector: unknown) => Promise<void>;
}

type Run = (vector: never, suite: CiphersuiteImpl) => Promise<void>;

/** The files of mlswg/mls-implementations, `test-vectors/`, in the order in which one stands on the other. */
export const vectorFiles: readonly VectorFile[] = [
  file("deserialization", 14, deserialization),
  file("tree-math", 10, treeMath),
  file("crypto-basics", 7, cryptoBasics),
  file("psk_secret", 77, pskSecret),
  file("key-schedule", 7, keySchedule),
  file("secret-tree", 21, secretTree),
  file("transcript-hashes", 7, transcriptHashes),
  file("messages", 300, messages),
  file("message-protection", 7, messageProtection),
  file("tree-operations", 5, treeOperations),
  file("tree-validation", 98, treeValidation),
  file("treekem", 77, treeKem),
  file("welcome", 7, welcome),
  file("passive-client-welcome", 56, passiveClient),
  file("passive-client-handling-commit", 91, passiveClient),
  file("passive-client-random", 1, passiveClient),
];

/** The files' shapes are the working group's; each run's parameter says which one it takes. */
function file(name: string, cases: number, run: Run): VectorFile {
  return {
    name,
    cases,
    run: (vector) => run(vector as never, suiteOf((vector as { cipher_suite?: number }).cipher_suite ?? 1)),
  };
}
