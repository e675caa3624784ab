import type { HostileCase } from "./case.ts";
import { formCases } from "./form-cases.ts";
import { httpCases } from "./http-cases.ts";
import { jsonCases } from "./json-cases.ts";
import { uploadCases } from "./upload-cases.ts";
import { xmlCases } from "./xml-cases.ts";

/** Every attack that a table makes, with the answer that it must get. All of it is harmless to look at. Each has a name of its own. */
export function hostileCorpus(): HostileCase[] {
  const seen = new Map<string, number>();
  return [...xmlCases(), ...formCases(), ...httpCases(), ...jsonCases(), ...uploadCases()].map((one) => {
    const key = `${one.kind} ${one.name}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    // Names are shortened texts of the attacks, and two long ones may begin alike.
    return times === 1 ? one : { ...one, name: `${one.name} (${times})` };
  });
}
