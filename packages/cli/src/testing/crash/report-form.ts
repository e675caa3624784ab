import { randomUUID } from "node:crypto";
import type { EvidenceId, Report } from "@fairlead/report";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import type { Place } from "./place.ts";
import { type Answer, GIVE_UP_MS, refused, type SentFile } from "./sending.ts";

/** A file under the id by which its report names it. */
export type NamedFile = SentFile & { readonly id: EvidenceId };

export function withIds(files: readonly SentFile[]): NamedFile[] {
  return files.map((file) => ({ ...file, id: randomUUID() as EvidenceId }));
}

/** A report that holds the mark as its sender's own number. */
export function reportOf(mark: string, files: readonly NamedFile[]): Report {
  return exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: mark }],
    evidence: files.map(({ id, name }) => exampleFile({ id, name, received: undefined })),
  });
}

/** Connections are not kept, so that each sending is taken up anew. */
export async function call(
  place: Place,
  path: string,
  init: Omit<RequestInit, "headers"> & { headers?: Readonly<Record<string, string>> },
): Promise<Response> {
  return await fetch(place.base + path, {
    ...init,
    headers: { authorization: place.authorization, connection: "close", ...init.headers },
    signal: AbortSignal.timeout(GIVE_UP_MS),
  });
}

/**
 * Hands in a form with a report in it.
 * @param receiptIn finds the receipt in the answer
 * @throws what `fetch` throws when no answer came
 */
export async function postForm(
  place: Place,
  path: string,
  form: {
    reference: string;
    fields: Readonly<Record<string, unknown>>;
    files: readonly NamedFile[];
    receiptIn: (answer: Record<string, unknown>) => unknown;
  },
): Promise<Answer> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.set(name, JSON.stringify(value));
  for (const { id, name, bytes } of form.files) body.append(id, new Blob([bytes]), name);
  const response = await call(place, path, { method: "POST", body });
  const text = await response.text();
  if (!response.ok) return refused(response, text);
  const receipt = form.receiptIn(JSON.parse(text) as Record<string, unknown>);
  return { kind: "acknowledged", reference: form.reference, receipt };
}
