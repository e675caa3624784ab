export { openLogProof } from "./check-report.ts";
export { readVerifierConfig, type VerifierConfig } from "./config.ts";
export { createVerifierKeys, loadVerifierKeys } from "./keys.ts";
export { type RunningVerifier, startVerifier, type VerifierOptions } from "./run.ts";
