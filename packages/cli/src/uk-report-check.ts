import type { ItemId, NetworkTables } from "@fairlead/assessment";
import { type Problem } from "@fairlead/report";
import { held, UK_ITEMS, type UkProblem, type UkReport } from "@fairlead/report/uk-direct";
import { checkUkDirect, UK_LIMITS } from "@fairlead/station";
import { type Fields, gradeLines, gradeSummary } from "./grade-lines.ts";
import { type Graded, gradeReport } from "./report-grade.ts";
import type { UkFolder } from "./uk-folder.ts";

/** What the check of a UK direct report found, for a script and for a person. */
export interface UkCheck {
  valid: boolean;
  level: string | undefined;
  result: object;
  lines: string[];
}

/** Which item of Schedule 1 would hold what a report can lack; what is no item's stands in the document itself. */
const ITEM_OF: Readonly<Record<ItemId, string>> = {
  "file-viewed": "how-detected",
  "file-content": "detected-content",
  "event-port": "upload-port",
  "event-second": "upload-connection-time",
  "event-zone": "upload-connection-time",
  "event-time": "upload-connection-time",
  "occurred-meaning": "",
  "file-hash": "original-hash",
  "suspect-account": "username",
  "event-of-upload": "upload-connection",
  "phone-verified": "phone-verified-on",
};
const FIELDS = Object.fromEntries(
  Object.entries(ITEM_OF).map(([id, item]) => [
    id,
    item === "" ? "/incident/occurredMeaning" : `/items/${item}`,
  ]),
) as Fields;

/**
 * Checks a UK direct report as the agency's door would: the same rules, by the same code. What only the door knows (the account, whether
 * the report was made before, the report that it follows) is not asked.
 */
export function checkUkFolder(folder: UkFolder, now: Date, tables: NetworkTables): UkCheck {
  const { ok, problems, remarks, made } = checkUkDirect(folder.stated, byId(folder), now.getTime());
  const all = [...limits(folder), ...problems];
  const graded = made === undefined ? undefined : gradeReport(made.report, "national-agency", now, tables);
  const items = made === undefined || graded === undefined ? undefined : itemsOf(made.document, graded);
  const valid = ok && all.length === 0;
  return {
    valid,
    level: graded?.missing.level,
    result: {
      wire: "uk-direct",
      valid,
      problems: all.map(said),
      remarks: remarks.map(said),
      ...(items === undefined ? {} : { items }),
      ...(graded === undefined ? {} : gradeSummary(graded, FIELDS, tables.name)),
    },
    lines: [
      ...all.flatMap(problemLines),
      ...(remarks.length === 0 ? [] : ["Remarked on, and taken all the same:"]),
      ...remarks.flatMap(problemLines),
      valid ? "Valid: the agency's door takes it." : `Not valid: ${all.length} problem(s).`,
      ...(items === undefined ? [] : itemLines(items)),
      ...(graded === undefined ? [] : ["", ...gradeLines(graded, FIELDS, tables.name)]),
    ],
  };
}

/** A file is meant by its id, or by its name where only one file of the document has it; else the door's own rule names it. */
function byId({ stated, files }: UkFolder) {
  const described = filesIn(stated);
  return new Map(
    files.map(({ name, measured: { size, sha256, sha1, md5 } }) => {
      const named = described.filter((file) => file.name === name);
      const id = named.length === 1 ? (named[0]?.id ?? name) : name;
      const bytes = (hex: string) => Buffer.from(hex, "hex");
      return [id, { digests: { size, sha256: bytes(sha256), sha1: bytes(sha1), md5: bytes(md5) } }];
    }),
  );
}

/** Before anybody knows whether the document has its form. */
function filesIn(stated: unknown): Array<{ id: string; name?: string | undefined }> {
  try {
    return held((stated as UkReport).items["detected-content"])?.files ?? [];
  } catch {
    return [];
  }
}

function limits({ stated, isTooLarge, files }: UkFolder): Problem[] {
  const refuse = (code: string, path: string, message: string, remedy: string) => [
    { code, path, message, remedy },
  ];
  return [
    ...(stated === undefined
      ? refuse(
          "uk.shape.not-json",
          "/",
          "The text cannot be parsed as JSON.",
          "Write the document as JSON in UTF-8.",
        )
      : []),
    ...(isTooLarge
      ? refuse(
          "uk.document.too-large",
          "/",
          `The document is longer than ${UK_LIMITS.documentBytes} bytes.`,
          "Send what is long as a file.",
        )
      : []),
    ...(files.length > UK_LIMITS.files
      ? refuse(
          "uk.files.too-many",
          "/items/detected-content",
          `There are more than ${UK_LIMITS.files} files.`,
          "Send the rest as a subsequent report.",
        )
      : []),
  ];
}

/** Each item of Schedule 1 with what is said of it, and what the level would be if it held what it lacks. */
function itemsOf({ items }: UkReport, { missing }: Graded) {
  return UK_ITEMS.map(({ id, asks, partOf }) => {
    const standing = items[id];
    return {
      id,
      asks,
      path: `/items/${id}`,
      ...(partOf === undefined ? {} : { partOf }),
      state: standing.state,
      by: standing.by,
      ...(standing.state === "not-held" && standing.note !== undefined ? { note: standing.note } : {}),
      lacks: missing.items
        .filter((lacking) => ITEM_OF[lacking.id] === id)
        .map(({ id: what, text, level, lifts }) => ({ id: what, text, level, lifts })),
    };
  });
}

function itemLines(items: ReturnType<typeof itemsOf>): string[] {
  const states = { held: "Held", "not-held": "Not held", "not-asked": "Not asked" };
  return Object.entries(states).flatMap(([state, word]) => {
    const ids = items.filter((item) => item.state === state).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${word} (${ids.length} of ${items.length}): ${ids.join(", ")}`];
  });
}

function said({ path, message, remedy, code }: Problem | UkProblem) {
  return { path, message, remedy, code, file: "report.json" };
}

function problemLines({ path, message, remedy }: Problem | UkProblem): string[] {
  return [`report.json  ${path}`, `  ${message}`, `  ${remedy}`];
}
