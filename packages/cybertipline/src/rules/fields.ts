/** Rules that concern one value alone. They come from the schema table, so no element can be forgotten. */
import { parseIp } from "@fairlead/report";
import {
  type ComplexType,
  type ElementDeclaration,
  type FieldRule,
  type SimpleType,
  elementsOf,
} from "../schema/model.ts";
import { ISO_COUNTRIES } from "../schema/places.ts";
import { childPath } from "../codec/context.ts";
import { emailFault, urlFault } from "./formats.ts";
import { type RuleContext, broken } from "./options.ts";
import { checkDateTime, checkPastDate } from "./times.ts";

function isLongerThan(text: string, limit: number): boolean {
  // Counting is slow, and a text of fewer UTF-16 units has no more characters than units.
  if (text.length <= limit) return false;
  let characters = 0;
  for (const _ of text) {
    characters += 1;
    if (characters > limit) return true;
  }
  return false;
}

function checkFormat(format: FieldRule["format"], text: string, path: string, context: RuleContext): void {
  const { mode } = context.options;
  switch (format) {
    case undefined:
      return;
    case "url": {
      const fault = urlFault(text, mode);
      if (fault === undefined) return;
      broken(
        context,
        "rule.url",
        path,
        fault,
        "Send one URL, percent-encoded, such as https://example.com/a%20b.",
      );
      return;
    }
    case "email": {
      const fault = emailFault(text, mode);
      if (fault === undefined) return;
      broken(context, "rule.email", path, fault, "Send one address, such as user@example.com.");
      return;
    }
    case "ip-address":
      if (text.trim() === "" || parseIp(text) !== undefined) return;
      broken(
        context,
        "rule.ip-address",
        path,
        "This is no IP address.",
        "Send one IPv4 or IPv6 address without a port, a mask or leading zeros; the port has an element of its own.",
      );
      return;
    case "country":
      if (mode === "lenient" || text === "" || ISO_COUNTRIES.has(text)) return;
      broken(
        context,
        "rule.country",
        path,
        "This code is not a country of ISO 3166-1.",
        "Send the two-letter code of a country, or leave the element out if the country is unknown.",
      );
  }
}

function checkValue(
  type: SimpleType,
  value: unknown,
  rule: FieldRule,
  path: string,
  context: RuleContext,
): void {
  if (typeof value !== "string") return;
  if (rule.maxLength !== undefined && isLongerThan(value, rule.maxLength)) {
    broken(
      context,
      "rule.length",
      path,
      `The value is longer than ${String(rule.maxLength)} characters.`,
      "Shorten it, and put the whole into additionalInfo or an uploaded file.",
    );
  }
  if (rule.notBlank === true && value.trim() === "") {
    broken(
      context,
      "rule.blank",
      path,
      "The value is blank.",
      "Send a value, or leave the element out if it may be.",
    );
  }
  checkFormat(rule.format, value, path, context);
  if (type.base === "dateTime") checkDateTime(value, rule.past === true, path, context);
  if (type.base === "date" && rule.past === true) checkPastDate(value, path, context);
}

type Fields = Readonly<Record<string, unknown>>;

function checkComplex(
  type: ComplexType,
  fields: Fields,
  rule: FieldRule,
  path: string,
  context: RuleContext,
): void {
  for (const attribute of type.attributes) {
    checkValue(
      attribute.type,
      fields[attribute.name],
      attribute.rule ?? {},
      `${path}/@${attribute.name}`,
      context,
    );
  }
  const { content } = type;
  if (content.model === "text") {
    checkValue(content.type, fields["value"], { ...content.rule, ...rule }, path, context);
  }
  for (const declaration of elementsOf(content)) {
    const value = fields[declaration.name];
    if (value === undefined) continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, each] of values.entries()) {
      checkFields(declaration, each, childPath(path, declaration, index), context);
    }
  }
}

/**
 * Checks every value below an element against the field rules of the table.
 *
 * @param value as the decoder gives it: it fits the schema.
 */
export function checkFields(
  declaration: ElementDeclaration,
  value: unknown,
  path: string,
  context: RuleContext,
): void {
  const { type, rule = {} } = declaration;
  if (type.kind === "simple") checkValue(type, value, rule, path, context);
  else checkComplex(type, value as Fields, rule, path, context);
}
