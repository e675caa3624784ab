/** The part of JSON Schema 2020-12 that an OpenAPI 3.1 document of ours uses. Anything else becomes `unknown`. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/**
 * Writes a JSON Schema as a TypeScript type.
 * @param schema a schema whose references point into `#/components/schemas`
 * @param depth how far the text is indented, in steps of two spaces
 * @returns the type's text; references become the names of the types they point at
 */
export function typeText(schema: Schema, depth = 0): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return union(choices.map((choice) => typeText(choice, depth)));
  if (schema.allOf !== undefined)
    return schema.allOf.map((part) => bracketed(typeText(part, depth))).join(" & ");
  if (Array.isArray(schema.type)) {
    return union(schema.type.map((type) => typeText({ ...schema, type }, depth)));
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return schema.items === undefined ? "unknown[]" : `${itemText(schema.items, depth)}[]`;
    case "object":
      return objectText(schema, depth);
    default:
      return "unknown";
  }
}

/** A `description` as a comment above what it describes; nothing when there is none. */
export function commentText(description: string | undefined, depth: number): string {
  if (description === undefined) return "";
  return `${"  ".repeat(depth)}/** ${description.replaceAll("*/", "* /")} */\n`;
}

/** A property's name, quoted only where TypeScript needs it. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function objectText(schema: Schema, depth: number): string {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    const values = schema.additionalProperties;
    if (values === undefined || typeof values === "boolean") return "Record<string, unknown>";
    const keys = schema.propertyNames === undefined ? "string" : typeText(schema.propertyNames, depth);
    return `Record<${keys}, ${typeText(values, depth)}>`;
  }
  const required = new Set(schema.required);
  const lines = properties.map(([name, property]) => {
    const mark = required.has(name) ? "" : "?";
    const comment = commentText(property.description, depth + 1);
    return `${comment}${"  ".repeat(depth + 1)}${propertyName(name)}${mark}: ${typeText(property, depth + 1)};\n`;
  });
  return `{\n${lines.join("")}${"  ".repeat(depth)}}`;
}

function nameOf(reference: string): string {
  const match = /^#\/components\/schemas\/([A-Za-z_]\w*)$/.exec(reference);
  if (match?.[1] === undefined)
    throw new Error(`${reference} is not a reference to a named schema of this document`);
  return match[1];
}

function union(parts: string[]): string {
  return [...new Set(parts)].join(" | ");
}

/** A choice between objects begins with a brace like one object, so it is told by what it is. */
function itemText(items: Schema, depth: number): string {
  const text = typeText(items, depth);
  return items.oneOf === undefined && items.anyOf === undefined ? bracketed(text) : `(${text})`;
}

function bracketed(text: string): string {
  return text.includes(" | ") && !text.startsWith("{") ? `(${text})` : text;
}
