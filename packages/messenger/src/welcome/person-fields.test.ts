import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { deviceName } from "./device-name.ts";
import { asHandle, handleProblem, yearProblem } from "./person-fields.ts";

suite("what a person says of themselves", () => {
  test("a handle is read however it was pasted", () => {
    assert.equal(asHandle(" @River Otter "), "river-otter");
    assert.equal(asHandle("River_Otter.2"), "river-otter-2");
  });

  test("a handle that the hub would refuse is refused before it is sent", () => {
    for (const handle of ["ab", "river-otter", "o2"]) assert.equal(handleProblem(handle), null, handle);
    for (const handle of ["a", "-ab", "ab-", "\u00e4b", "a b"])
      assert.notEqual(handleProblem(handle), null, handle);
  });

  test("a year of birth is one in which somebody alive could have been born", () => {
    assert.equal(yearProblem("2013", 2026), null);
    assert.equal(yearProblem("1926", 2026), null);
    for (const text of ["2027", "1850", "13", "201x"]) assert.notEqual(yearProblem(text, 2026), null, text);
  });

  test("a device is named so that its person knows it again", () => {
    assert.equal(
      deviceName("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"),
      "Chrome on Linux",
    );
    assert.equal(
      deviceName(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604",
      ),
      "Safari on iPhone",
    );
    assert.equal(deviceName("something else"), "A browser");
  });
});
