import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import * as fc from "fast-check";
import { FILE_DETAILS, REPORT, REPORT_DONE_RESPONSE, REPORT_RESPONSE, ROOTS } from "../schema/documents.ts";
import { type ElementDeclaration, elementsOf } from "../schema/model.ts";
import { element } from "../testing/arbitrary.ts";
import {
  LEGACY_FILE_DETAILS,
  MAXIMAL_DONE_RESPONSE,
  MAXIMAL_FILE_DETAILS,
  MAXIMAL_REPORT,
  MAXIMAL_RESPONSE,
} from "../testing/maximal.ts";
import { choices, mutate } from "../testing/mutate.ts";
import { readXml } from "../xml/read.ts";
import { openSecondOpinion } from "../xsd/validator.ts";
import { atOnce } from "../steps.ts";
import { decodingDocument } from "./decode.ts";
import {
  decodeFileDetails,
  decodeReport,
  decodeReportDoneResponse,
  decodeReportResponse,
  encodeFileDetails,
  encodeReport,
  encodeReportDoneResponse,
  encodeReportResponse,
} from "./documents.ts";
import { encodeDocument } from "./encode.ts";

const secondOpinion = await openSecondOpinion();
after(() => {
  secondOpinion[Symbol.dispose]();
});

/** Every path of the table, without positions. */
function declaredPaths(declaration: ElementDeclaration, parent = ""): readonly string[] {
  const path = `${parent}/${declaration.name}`;
  const { type } = declaration;
  if (type.kind === "simple") return [path];
  return [
    path,
    ...type.attributes.map(({ name }) => `${path}/@${name}`),
    ...elementsOf(type.content).flatMap((child) => declaredPaths(child, path)),
  ];
}

/** Every path of a written document, without positions. */
function writtenPaths(xml: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open: string[] = [];
  for (const [tag, close, name = "", inside = ""] of xml.matchAll(/<(\/?)([A-Za-z0-9]+)([^>]*)>/g)) {
    if (close === "/") {
      open.pop();
      continue;
    }
    open.push(name);
    const path = `/${open.join("/")}`;
    found.add(path);
    for (const [, attribute = ""] of inside.matchAll(/ ([A-Za-z0-9]+)="/g))
      found.add(`${path}/@${attribute}`);
    if (tag.endsWith("/>")) open.pop();
  }
  return found;
}

describe("a document that uses everything", () => {
  const cases = [
    { root: REPORT, value: MAXIMAL_REPORT, xml: encodeReport(MAXIMAL_REPORT), decode: decodeReport },
    {
      root: FILE_DETAILS,
      value: MAXIMAL_FILE_DETAILS,
      xml: encodeFileDetails(MAXIMAL_FILE_DETAILS),
      decode: decodeFileDetails,
    },
    {
      root: FILE_DETAILS,
      value: LEGACY_FILE_DETAILS,
      xml: encodeFileDetails(LEGACY_FILE_DETAILS),
      decode: decodeFileDetails,
    },
    {
      root: REPORT_RESPONSE,
      value: MAXIMAL_RESPONSE,
      xml: encodeReportResponse(MAXIMAL_RESPONSE),
      decode: decodeReportResponse,
    },
    {
      root: REPORT_DONE_RESPONSE,
      value: MAXIMAL_DONE_RESPONSE,
      xml: encodeReportDoneResponse(MAXIMAL_DONE_RESPONSE),
      decode: decodeReportDoneResponse,
    },
  ];

  for (const { root, value, xml, decode } of cases) {
    it(`comes back from the wire as it was: ${root.name}`, () => {
      const decoded = decode(xml);
      assert.ok(decoded.ok);
      assert.deepEqual(decoded.value, value);
      assert.deepEqual(secondOpinion.validate(xml), []);
    });
  }

  it("names every element and attribute of the table, so that types and table describe the same wire", () => {
    for (const root of ROOTS) {
      const written = new Set(
        cases.filter((each) => each.root === root).flatMap(({ xml }) => [...writtenPaths(xml)]),
      );
      assert.deepEqual([...written].sort(), [...new Set(declaredPaths(root))].sort());
    }
  });
});

describe("an arbitrary document that fits the schema", () => {
  for (const root of ROOTS) {
    it(`comes back from the wire as it was, and libxml2 accepts it: ${root.name}`, () => {
      fc.assert(
        fc.property(element(root), (value) => {
          const xml = encodeDocument(root, value);
          const decoded = atOnce(decodingDocument(root, xml));
          assert.ok(decoded.ok);
          assert.deepEqual(decoded.value, value);
          assert.deepEqual(atOnce(decodingDocument(root, new TextEncoder().encode(xml))), decoded);
          assert.deepEqual(secondOpinion.validate(xml), []);
        }),
      );
    });
  }
});

describe("a damaged document", () => {
  for (const root of ROOTS) {
    it(`is accepted by the decoder exactly if libxml2 accepts it: ${root.name}`, () => {
      fc.assert(
        fc.property(element(root), choices, (value, damage) => {
          const tree = readXml(encodeDocument(root, value));
          assert.ok(tree.ok);
          const xml = mutate(tree.root, damage);
          // Damage may have made one document into another: libxml2 takes any of the four.
          const verdicts = ROOTS.map((each) => atOnce(decodingDocument(each, xml)).ok);
          assert.equal(verdicts.includes(true), secondOpinion.validate(xml).length === 0, xml);
        }),
      );
    });
  }
});

it("the decoder and libxml2 disagree only where libxml2 departs from XML Schema, in the four ways that are known", () => {
  const report = (time: string, flag: string, latitude: string): string =>
    `<report><incidentSummary><incidentType>Misleading Domain Name</incidentType><reportAnnotations>${flag}</reportAnnotations>` +
    `<incidentDateTime>${time}</incidentDateTime></incidentSummary><internetDetails><cellPhoneIncident>` +
    `<latitude>${latitude}</latitude></cellPhoneIncident></internetDetails><reporter><reportingPerson/></reporter></report>`;
  const time = "2026-01-01T00:00:00Z";
  const cases: readonly (readonly [xml: string, ours: boolean, libxml2: boolean])[] = [
    [report(time, "<spam/>", "1"), true, true],
    [report(` ${time}\n`, "<spam/>", "1"), true, false],
    [report(time, "<spam> true </spam>", "1"), true, false],
    [report(time, "<spam><![CDATA[]]></spam>", "1"), true, false],
    [report(time, "<spam/>", "1e"), false, true],
  ];
  for (const [xml, ours, libxml2] of cases) {
    assert.equal(decodeReport(xml).ok, ours, xml);
    assert.equal(secondOpinion.validate(xml).length === 0, libxml2, xml);
  }
});
