import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { countriesWords, countryWords } from "./country-words.ts";

suite("a country", () => {
  test("is called by its name, and what is no code is left as it came", () => {
    assert.equal(countryWords("NL"), "Netherlands");
    assert.equal(countryWords("nowhere"), "nowhere");
    assert.equal(countryWords("ZZZ"), "ZZZ");
  });
  test("stands in a sentence with others", () => {
    assert.equal(countriesWords(["IE"]), "Ireland");
    assert.equal(countriesWords(["IE", "ES", "NL"]), "Ireland, Spain and Netherlands");
  });
});
