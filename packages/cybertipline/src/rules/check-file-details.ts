import { quote } from "../codec/simple-value.ts";
import type { FileDetails } from "../document/file-details.ts";
import type { Problem } from "../problem.ts";
import { FILE_DETAILS } from "../schema/documents.ts";
import { checkBatchedFile } from "./batched.ts";
import { checkFields } from "./fields.ts";
import { type FileRuleOptions, type RuleContext, broken } from "./options.ts";

function checkViewed(details: FileDetails, context: RuleContext): void {
  if (details.exifViewedByEsp !== true || details.fileViewedByEsp === true) return;
  broken(
    context,
    "rule.exif-viewed",
    "/fileDetails/fileViewedByEsp",
    "The EXIF data were viewed, but not that the entire file was.",
    "Send fileViewedByEsp true if a person viewed the entire file; else exifViewedByEsp false.",
  );
}

function checkSupplemental(details: FileDetails, context: RuleContext): void {
  if (details.fileRelevance !== "Supplemental Reported") return;
  const remedy = "Leave it out, or send the fileRelevance Reported.";
  const { potentialMeme, fileAnnotations, industryClassification } = details;
  const meme = potentialMeme === true || (potentialMeme !== undefined && context.options.mode === "strict");
  if (meme || fileAnnotations?.potentialMeme === true) {
    const path = meme ? "/fileDetails/potentialMeme" : "/fileDetails/fileAnnotations/potentialMeme";
    broken(context, "rule.supplemental", path, "A supplemental file cannot be a potential meme.", remedy);
  }
  if (industryClassification !== undefined) {
    const path = "/fileDetails/industryClassification";
    broken(context, "rule.supplemental", path, "A supplemental file cannot be classified.", remedy);
  }
}

/**
 * Checks the description of a file against NCMEC's application rules: everything that the schema cannot say.
 *
 * @param details as `decodeFileDetails` gave them, so they fit the schema.
 * @returns what is wrong, or an empty array. A server answers with code 4100 if there is anything, but with 5002 if the
 *   code is `rule.file-ownership`.
 */
export function checkFileDetails(details: FileDetails, options: FileRuleOptions): readonly Problem[] {
  const context: RuleContext = { options, problems: [] };
  checkFields(FILE_DETAILS, details, "/fileDetails", context);
  checkViewed(details, context);
  checkSupplemental(details, context);
  if (options.batched === true) checkBatchedFile(details, context);
  if (options.uploadedFiles?.has(details.fileId) === false) {
    broken(
      context,
      "rule.file-ownership",
      "/fileDetails/fileId",
      `No file ${quote(details.fileId)} was uploaded to report ${details.reportId}.`,
      "Send the fileId that the answer to /upload gave, with the reportId that was uploaded to.",
    );
  }
  return context.problems;
}
