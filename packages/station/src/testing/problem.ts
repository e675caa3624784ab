import assert from "node:assert/strict";

interface Problem {
  status: number;
  code: string;
  detail: string;
  remedy?: string;
  problems?: Array<{ path: string; message: string }>;
}

/** Asserts that an answer is RFC 9457 problem+json with a way out, without anything of our inside. */
export async function problemOf(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.doesNotMatch(text, /\bat .*:\d+:\d+|node_modules|\.ts\b|select |insert |kysely/i);
  const problem = JSON.parse(text) as Problem;
  assert.equal(problem.status, status);
  assert.ok((problem.remedy ?? "").length > 10, `a problem names its remedy: ${text}`);
  return problem;
}
