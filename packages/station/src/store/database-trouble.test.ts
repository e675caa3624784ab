import assert from "node:assert/strict";
import test from "node:test";
import { DatabaseError } from "pg";
import { databaseTrouble } from "./database-trouble.ts";

function said(code: string): DatabaseError {
  return Object.assign(new DatabaseError("said the server", 1, "error"), { code });
}

test("a database without room is told from one that is away", () => {
  assert.equal(databaseTrouble(said("53100")), "full");
  for (const code of ["53200", "53300", "57P01", "58030", "08006"])
    assert.equal(databaseTrouble(said(code)), "away", code);
  assert.equal(databaseTrouble(new Error("Connection terminated unexpectedly")), "away");
});

test("a wrong statement, a broken disk of ours and what is no error are no trouble of a database's", () => {
  for (const code of ["23505", "42601", "40001", "57014"])
    assert.equal(databaseTrouble(said(code)), undefined, code);
  assert.equal(databaseTrouble(Object.assign(new Error("write"), { code: "ENOSPC" })), undefined);
  assert.equal(databaseTrouble("53100"), undefined);
});
