import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { openSecondOpinion } from "../xsd/validator.ts";
import { INCIDENT_TYPES } from "./enumerations.ts";
import { xsd } from "./xsd.ts";

const secondOpinion = await openSecondOpinion();
after(() => {
  secondOpinion[Symbol.dispose]();
});

function report(summary: string): string {
  return (
    "<report><incidentSummary><incidentType>Misleading Domain Name</incidentType>" +
    `${summary}</incidentSummary><reporter><reportingPerson/></reporter></report>`
  );
}

const TIME = "<incidentDateTime>2026-01-01T00:00:00Z</incidentDateTime>";

describe("our schema", () => {
  it("is one that a client can load: four global elements, no target namespace, qualified", () => {
    const schema = xsd();
    const root = /<xs:schema ([^>]*)>/.exec(schema)?.[1] ?? "";
    assert.match(root, /elementFormDefault="qualified"/);
    assert.doesNotMatch(root, /targetNamespace/);
    const global = [...schema.matchAll(/^ {2}<xs:element name="([^"]*)"/gm)].map(([, name]) => name);
    assert.deepEqual(global, ["report", "fileDetails", "reportResponse", "reportDoneResponse"]);
  });

  it("names each type once", () => {
    const names = [...xsd().matchAll(/<xs:(?:simple|complex)Type name="([^"]*)"/g)].map(([, name]) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 40);
  });

  it("lets libxml2 accept the smallest report of each incident type and refuse any other type", () => {
    for (const type of INCIDENT_TYPES) {
      const xml = report(TIME).replace("Misleading Domain Name", type);
      assert.deepEqual(secondOpinion.validate(xml), []);
    }
    const old = "Child Sexual Molestation (not by family member)";
    assert.notDeepEqual(secondOpinion.validate(report(TIME).replace("Misleading Domain Name", old)), []);
  });

  it("takes an empty flag for true and refuses false and 1", () => {
    const flag = (text: string): string =>
      report(`<reportAnnotations><spam>${text}</spam></reportAnnotations>${TIME}`);
    assert.deepEqual(secondOpinion.validate(flag("")), []);
    assert.deepEqual(secondOpinion.validate(flag("true")), []);
    assert.equal(secondOpinion.validate(flag("false")).length, 1);
    assert.equal(secondOpinion.validate(flag("1")).length, 1);
  });

  it("knows no lengths: they are rules, not schema", () => {
    assert.doesNotMatch(xsd(), /maxLength|minLength/);
  });
});

describe("the second opinion", () => {
  it("says where and what libxml2 dislikes", () => {
    const [fault] = secondOpinion.validate(`\n${report(`<bogus/>${TIME}`)}`);
    assert.equal(fault?.path, "/report/incidentSummary/bogus");
    assert.equal(fault.line, 2);
    assert.match(fault.message, /not expected/);
  });

  it("never shows libxml2 a document that no parser may see", () => {
    const bomb = '<!DOCTYPE report [<!ENTITY a "b">]><report>&a;</report>';
    assert.deepEqual(secondOpinion.validate(bomb), [
      { message: "The document holds a document type declaration." },
    ]);
  });

  it("reports malformed XML as a fault instead of throwing", () => {
    assert.notDeepEqual(secondOpinion.validate("<report>"), []);
  });
});
