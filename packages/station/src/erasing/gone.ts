import type { ErasedLeaves } from "../audit/index.ts";

/** What is known of what went, written down in the transaction in which it went. */
export interface Gone {
  report: { id: string; number: string; acceptedAt: string; contentSha256: string };
  /** Of what stays as the report's content. */
  skeletonSha256: string;
  objects: Array<{ size: number; ciphertextSha256: string }>;
  rows: Record<string, number>;
  leaves: ErasedLeaves;
}
