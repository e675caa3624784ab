import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Evidence } from "@fairlead/report";
import { ISSUER, SMALLEST, take, takeAgain } from "../testing/house.ts";
import { kindOfUpload } from "./bundle.ts";
import { fromReport } from "./from-report.ts";

const TYPE = "application/vnd.fairlead.report-bundle+cbor";

describe("a message bundle on the wire", () => {
  it("is known by its media type whatever it is called, and by its name where the type says nothing", () => {
    for (const [name, type] of [
      [undefined, TYPE],
      ["kite.bin", TYPE],
      ["kite.bin", `${TYPE.toUpperCase()}; v=1`],
      ["report-bundle.cbor", undefined],
      ["report-bundle.cbor", "application/octet-stream"],
      ["report-bundle.cbor", "text/plain"],
    ] as const)
      assert.equal(kindOfUpload(name, type), "message-bundle", `${name} ${type}`);
    for (const [name, type] of [
      [undefined, undefined],
      ["report-bundle.cbor", "image/png"],
      ["my report-bundle.cbor", undefined],
      ["kite.cbor", "application/cbor"],
      ["kite.json", "application/vnd.fairlead.attestation+json"],
    ] as const)
      assert.equal(kindOfUpload(name, type), "file", `${name} ${type}`);
  });

  it("comes in as one, goes out with its type and name, and comes in again as the same", () => {
    const report = take(SMALLEST, [
      { fileName: "report-bundle.cbor", mediaType: TYPE },
      { fileName: "boat.jpg" },
    ]);
    assert.deepEqual(
      report.evidence.map(({ kind }) => kind),
      ["message-bundle", "file"],
    );
    const wire = fromReport(report, { issuer: ISSUER });
    assert.deepEqual(wire.omissions, []);
    assert.equal(wire.files[0]?.fileName, "report-bundle.cbor");
    assert.equal(wire.files[0]?.mediaType, TYPE);
    assert.deepEqual(takeAgain(wire), report);
  });

  it("of another format is told to arrive as a file, because nothing on the wire says otherwise", () => {
    const report = take(SMALLEST, [{ fileName: "boat.jpg" }]);
    const evidence = report.evidence.map(
      (file): Evidence => ({
        ...file,
        kind: "message-bundle",
        name: "chat.json",
        mediaType: "application/json",
      }),
    );
    const wire = fromReport({ ...report, evidence }, { issuer: ISSUER });
    assert.deepEqual(
      wire.omissions.map(({ pointer, kind }) => [pointer, kind]),
      [["/evidence/0/kind", "changed"]],
    );
  });
});
