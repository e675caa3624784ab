/**
 * The language in which the wire is written down. One table in this language (`documents.ts` and what it imports) drives
 * the decoder, the encoder, the generated XSD and the field rules, so none of them can disagree about the wire.
 */

/** The built-in XSD types that the wire uses. */
export type Primitive = "string" | "token" | "boolean" | "int" | "long" | "double" | "dateTime" | "date";

export interface SimpleType {
  readonly kind: "simple";
  /** Its name in the XSD: `xs:…` for a built-in type. */
  readonly name: string;
  readonly base: Primitive;
  /** The only values allowed. */
  readonly values?: readonly string[];
  /** Source of an expression that the whole value matches, in the part of the language that XSD and JavaScript share. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * What NCMEC's documentation demands of a value beyond its schema type. Checked by the rules, not by the decoder, because
 * NCMEC's schema does not know it either.
 */
export interface FieldRule {
  /** In Unicode characters. */
  readonly maxLength?: number;
  /** If it is there at all, it holds something other than white space. */
  readonly notBlank?: true;
  /** Not later than now. */
  readonly past?: true;
  readonly format?: "url" | "email" | "ip-address" | "country";
}

export interface AttributeDeclaration {
  readonly name: string;
  readonly type: SimpleType;
  readonly required: boolean;
  readonly rule?: FieldRule;
}

export interface ElementDeclaration {
  readonly kind: "element";
  readonly name: string;
  readonly type: SimpleType | ComplexType;
  readonly required: boolean;
  readonly repeats: boolean;
  /** The only value allowed; an empty element means it, too. */
  readonly fixed?: "true";
  readonly rule?: FieldRule;
}

/** At most one of several elements, at one place of a sequence. */
export interface ChoiceDeclaration {
  readonly kind: "choice";
  readonly elements: readonly ElementDeclaration[];
}

export type Particle = ElementDeclaration | ChoiceDeclaration;

/** Where in a sequence an element belongs. */
export interface Position {
  readonly index: number;
  readonly particle: Particle;
  readonly declaration: ElementDeclaration;
}

export type Content =
  /** Text only. In documents the text is the property `value`. */
  | { readonly model: "text"; readonly type: SimpleType; readonly rule?: FieldRule }
  /** Nothing inside. */
  | { readonly model: "empty" }
  /** Elements in this order. */
  | {
      readonly model: "sequence";
      readonly particles: readonly Particle[];
      /** Every element of the sequence, in order. */
      readonly elements: readonly ElementDeclaration[];
      /** The same by name: no name stands twice in a sequence of this wire. */
      readonly positions: ReadonlyMap<string, Position>;
    }
  /** Exactly one of the elements. */
  | { readonly model: "choice"; readonly elements: readonly ElementDeclaration[] }
  /** Elements in any order, each at most once. */
  | { readonly model: "all"; readonly elements: readonly ElementDeclaration[] };

export interface ComplexType {
  readonly kind: "complex";
  /** Its name in the XSD. */
  readonly name: string;
  readonly attributes: readonly AttributeDeclaration[];
  readonly content: Content;
}

/** All elements that may stand directly inside a content, in the order of the wire. */
export function elementsOf(content: Content): readonly ElementDeclaration[] {
  return content.model === "text" || content.model === "empty" ? [] : content.elements;
}
