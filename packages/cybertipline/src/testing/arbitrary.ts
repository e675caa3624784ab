/** Arbitrary documents, generated from the schema table: whatever the table allows can come. For tests only. */
import * as fc from "fast-check";
import type { ComplexType, ElementDeclaration, SimpleType } from "../schema/model.ts";

/** Any character that XML 1.0 allows, with a liking for those that need escaping or are easily damaged. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Array.from("abzAZ019 .:/@-_")) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...Array.from("<>&\"'\t\n\r]"), "]]>", "&amp;", "\u00A0", "\u0085", "\u2028"),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.integer({ min: 0x20, max: 0xd7ff }),
        fc.integer({ min: 0xe000, max: 0xfffd }),
        fc.integer({ min: 0x10000, max: 0x10ffff }),
      )
      .map((code) => String.fromCodePoint(code)),
  },
);
const anyText = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: character, maxLength: 12 }) },
  // Texts that some later step may take for more than text: placeholders, codes, addresses, and one that is long.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "unknown",
      "N/A",
      "NY",
      "GB",
      "MD5",
      "192.0.2.1",
      "a@example.com",
      "x".repeat(3000),
    ),
  },
);

const word = fc.stringMatching(/^[a-z0-9.]{1,8}$/);

const zone = fc.oneof(
  fc.constantFrom("", "Z", "+14:00", "-14:00", "+00:00", "-00:00"),
  fc
    .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 59 }))
    .map(
      ([sign, hours, minutes]) =>
        `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`,
    ),
);
const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const fraction = fc.oneof(fc.constant(""), fc.stringMatching(/^\.[0-9]{1,12}$/));

function simple(type: SimpleType): fc.Arbitrary<unknown> {
  if (type.values !== undefined) return fc.constantFrom(...type.values);
  if (type.pattern !== undefined) return fc.stringMatching(new RegExp(`^${type.pattern}$`));
  const { minimum = -(2 ** 31), maximum = 2 ** 31 - 1 } = type;
  switch (type.base) {
    case "string":
      return anyText;
    case "token":
      return fc.array(word, { maxLength: 3 }).map((words) => words.join(" "));
    case "boolean":
      return fc.boolean();
    case "int":
      return fc.integer({ min: minimum, max: maximum });
    case "long":
      return fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
    case "double":
      return fc.oneof(
        fc.double().map((value) => (Number.isFinite(value) ? String(value) : "INF")),
        fc.constantFrom("51.50", "+1.", "-.5e3", "NaN", "-INF", "1E+5"),
      );
    case "dateTime":
      return fc
        .tuple(day, fraction, zone)
        .map(([iso, part, offset]) => `${iso.slice(0, 19)}${part}${offset}`);
    case "date":
      break;
  }
  return fc.tuple(day, zone).map(([iso, offset]) => `${iso.slice(0, 10)}${offset}`);
}

function record(
  entries: readonly (readonly [string, fc.Arbitrary<unknown>, required: boolean])[],
): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(entries.map(([name, arbitrary]) => [name, arbitrary]));
  const requiredKeys = entries.filter(([, , required]) => required).map(([name]) => name);
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function occurrences(declaration: ElementDeclaration): fc.Arbitrary<unknown> {
  const value = element(declaration);
  return declaration.repeats ? fc.array(value, { minLength: 1, maxLength: 2 }) : value;
}

function complex(type: ComplexType): fc.Arbitrary<Record<string, unknown>> {
  const attributes = type.attributes.map(
    ({ name, type: attribute, required }) => [name, simple(attribute), required] as const,
  );
  const { content } = type;
  const field = (declaration: ElementDeclaration) =>
    [declaration.name, occurrences(declaration), declaration.required] as const;
  if (content.model === "text") return record([...attributes, ["value", simple(content.type), true]]);
  if (content.model === "empty") return record(attributes);
  if (content.model === "all") return record([...attributes, ...content.elements.map(field)]);
  if (content.model === "choice") {
    return fc.oneof(...content.elements.map((declaration) => record([...attributes, field(declaration)])));
  }
  const groups = content.particles.map((particle) =>
    particle.kind === "element"
      ? record([field(particle)])
      : fc.oneof(...particle.elements.map((declaration) => record([field(declaration)]))),
  );
  return fc
    .tuple(record(attributes), ...groups)
    .map((parts) => parts.reduce((whole, part) => ({ ...whole, ...part }), {}));
}

/** An arbitrary value of a declared element, as the decoder would give it. */
export function element({ type, fixed }: ElementDeclaration): fc.Arbitrary<unknown> {
  if (fixed !== undefined) return fc.constant(true);
  return type.kind === "simple" ? simple(type) : complex(type);
}
