import { checkFileDetails, checkFinish, checkReport, type RuleMode } from "@fairlead/cybertipline";
import { placed, type PlacedProblem, type ReportFolder } from "./report-folder.ts";

/** Everything that the wire's rules have to say about the documents of a folder. */
export function ruleProblems(
  { report, places, files }: ReportFolder,
  mode: RuleMode,
  now: Date,
): PlacedProblem[] {
  const batched = report.batchedReport !== undefined;
  return [
    ...placed(checkReport(report, { mode, now, places }), "report.xml"),
    ...files.flatMap((file) =>
      file.details === undefined
        ? []
        : placed(
            checkFileDetails(file.details, {
              mode,
              now,
              batched,
              ...(file.places === undefined ? {} : { places: file.places }),
            }),
            `files/${file.name}.xml`,
          ),
    ),
    ...placed(checkFinish({ batched, uploadedFiles: files.length }), "report.xml"),
  ];
}
