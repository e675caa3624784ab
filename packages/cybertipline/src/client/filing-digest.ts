/** One key of the journal stands for one report: this is how a second one is noticed. */
import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import type { CyberTiplineReport } from "../document/report.ts";
import type { FilingFile } from "./filing.ts";

/** SHA-256 over the data that is to be filed, lower-case hexadecimal. The files' bytes are not read for it. */
export function filingDigest(report: CyberTiplineReport, files: readonly FilingFile[]): string {
  const described = files.map(({ fileName, mediaType, details }) => ({ fileName, mediaType, details }));
  return createHash("sha256")
    .update(canonicalJson({ report, files: described }))
    .digest("hex");
}
