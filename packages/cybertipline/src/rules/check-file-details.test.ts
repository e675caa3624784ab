import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeFileDetails } from "../codec/documents.ts";
import type { FileDetails } from "../document/file-details.ts";
import { parseReportNumber } from "../document/scalars.ts";
import { LEGACY_FILE_DETAILS, MAXIMAL_FILE_DETAILS } from "../testing/maximal.ts";
import { checkFinish } from "./batched.ts";
import { checkFileDetails } from "./check-file-details.ts";
import type { FileRuleOptions } from "./options.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const STRICT: FileRuleOptions = { mode: "strict", now: NOW };
const LENIENT: FileRuleOptions = { mode: "lenient", now: NOW };
const BATCHED: FileRuleOptions = { ...STRICT, batched: true };

const reportId = parseReportNumber("4564654");
assert.ok(reportId);
const FILE = { reportId, fileId: "b0" } as const satisfies FileDetails;

function broken(details: FileDetails, options = STRICT): readonly string[] {
  encodeFileDetails(details);
  return checkFileDetails(details, options).map(
    ({ code, path }) => `${code} ${path.replace("/fileDetails/", "")}`,
  );
}

describe("file details", () => {
  it("break no rule, be they the smallest or all that there is", () => {
    assert.deepEqual(broken(FILE), []);
    assert.deepEqual(broken(MAXIMAL_FILE_DETAILS), []);
    assert.deepEqual(broken(LEGACY_FILE_DETAILS), []);
  });

  it("hold to the field rules of the table", () => {
    assert.deepEqual(
      broken({
        ...FILE,
        fileId: "",
        originalFileName: "a".repeat(2057),
        uploadedToEspTimestamp: "2026-03-01T12:00:00.001Z",
        locationOfFile: "https://example.com/a b",
        originalFileHash: [{ value: "a", hashType: "a".repeat(65) }],
        details: [{ nameValuePair: [{ name: "a".repeat(65), value: "" }] }],
      }),
      [
        "rule.blank fileId",
        "rule.length originalFileName",
        "rule.past uploadedToEspTimestamp",
        "rule.url locationOfFile",
        "rule.length originalFileHash[1]/@hashType",
        "rule.length details[1]/nameValuePair[1]/name",
      ],
    );
  });

  it("claim that the file was viewed if they claim that its EXIF data were", () => {
    assert.deepEqual(broken({ ...FILE, exifViewedByEsp: true, fileViewedByEsp: true }), []);
    assert.deepEqual(broken({ ...FILE, exifViewedByEsp: false }), []);
    for (const details of [{ exifViewedByEsp: true }, { exifViewedByEsp: true, fileViewedByEsp: false }]) {
      assert.deepEqual(broken({ ...FILE, ...details }), ["rule.exif-viewed fileViewedByEsp"]);
    }
  });

  it("of a supplemental file call it neither a meme nor of a class", () => {
    const supplemental = { ...FILE, fileRelevance: "Supplemental Reported" } as const;
    assert.deepEqual(broken({ ...supplemental, fileAnnotations: { viral: true, infant: true } }), []);
    assert.deepEqual(
      broken({ ...supplemental, fileAnnotations: { potentialMeme: true }, industryClassification: "B2" }),
      ["rule.supplemental fileAnnotations/potentialMeme", "rule.supplemental industryClassification"],
    );
    assert.deepEqual(broken({ ...supplemental, potentialMeme: true }, LENIENT), [
      "rule.supplemental potentialMeme",
    ]);
    assert.deepEqual(broken({ ...supplemental, potentialMeme: false }), ["rule.supplemental potentialMeme"]);
    assert.deepEqual(broken({ ...supplemental, potentialMeme: false }, LENIENT), []);
    assert.deepEqual(broken({ ...FILE, fileRelevance: "Reported", industryClassification: "B2" }), []);
  });

  it("name a file that was uploaded to the report, if anyone can tell", () => {
    assert.deepEqual(broken(FILE, { ...STRICT, uploadedFiles: new Set(["b0"]) }), []);
    assert.deepEqual(broken(FILE, { ...STRICT, uploadedFiles: new Set(["b1"]) }), [
      "rule.file-ownership fileId",
    ]);
  });
});

describe("file details of a batch", () => {
  it("call the file viral or a meme, in any of the three ways", () => {
    assert.deepEqual(broken({ ...FILE, fileAnnotations: { viral: true } }, BATCHED), []);
    assert.deepEqual(
      broken({ ...FILE, fileAnnotations: { potentialMeme: true }, industryClassification: "A1" }, BATCHED),
      [],
    );
    assert.deepEqual(broken({ ...FILE, potentialMeme: true, fileRelevance: "Reported" }, BATCHED), []);
    assert.deepEqual(broken(FILE, BATCHED), ["rule.batched fileAnnotations"]);
    assert.deepEqual(broken({ ...FILE, potentialMeme: false }, BATCHED), ["rule.batched fileAnnotations"]);
  });

  it("carry nothing of one user's case, and no other annotation", () => {
    const {
      locationOfFile,
      originalFileName,
      originalFileHash,
      ipCaptureEvent,
      deviceId,
      details,
      additionalInfo,
    } = MAXIMAL_FILE_DETAILS;
    assert.deepEqual(
      broken(
        {
          ...FILE,
          originalFileName,
          locationOfFile,
          originalFileHash,
          ipCaptureEvent,
          deviceId,
          details,
          additionalInfo,
          fileRelevance: "Supplemental Reported",
          fileAnnotations: { viral: true, infant: true },
        },
        BATCHED,
      ),
      [
        "rule.batched originalFileName",
        "rule.batched locationOfFile",
        "rule.batched originalFileHash",
        "rule.batched ipCaptureEvent",
        "rule.batched deviceId",
        "rule.batched details",
        "rule.batched additionalInfo",
        "rule.batched fileAnnotations/infant",
        "rule.batched fileRelevance",
      ],
    );
  });
});

describe("finishing", () => {
  it("is refused for a batch of more than one file, and only then", () => {
    assert.deepEqual(checkFinish({ batched: true, uploadedFiles: 0 }), []);
    assert.deepEqual(checkFinish({ batched: true, uploadedFiles: 1 }), []);
    assert.deepEqual(checkFinish({ batched: false, uploadedFiles: 20 }), []);
    assert.deepEqual(
      checkFinish({ batched: true, uploadedFiles: 2 }).map(({ code }) => code),
      ["rule.batched"],
    );
  });
});
