import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { person, view } from "../testing/report-view.ts";
import { briefingOf } from "./briefing.ts";

suite("the text to read out", () => {
  test("names the child as far as anybody has said, and nothing of the suspect", () => {
    const text = briefingOf(
      view({}, [
        person({ key: "suspect-1", role: "suspect", firstName: "Ash" }),
        person({
          key: "victim-1",
          role: "victim",
          firstName: "Robin",
          ageYears: 13,
          school: "Example School",
          places: [
            {
              basis: "declared",
              addressKind: "home",
              postcode: "LS1 4AP",
              country: "GB",
              verified: "unknown",
            },
          ],
        }),
      ]),
      "Example Agency",
    );
    assert.match(
      text,
      /^This is Example Agency\. I am referring a child to you\. Our report number is \S+\.$/m,
    );
    assert.match(text, /The child: name Robin; aged 13; school Example School; place LS1 4AP, GB\./);
    assert.doesNotMatch(text, /Ash/);
    assert.match(text, /Please tell me who takes this, and your reference for it\.$/);
  });

  test("says that nobody has said who the child is, rather than nothing", () => {
    assert.match(briefingOf(view(), "Example Agency"), /Nobody has told us who the child is\./);
  });
});
