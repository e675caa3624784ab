/** The verbs with which the tables are written. */
import type {
  AttributeDeclaration,
  ComplexType,
  Content,
  ElementDeclaration,
  FieldRule,
  Particle,
  Position,
  SimpleType,
} from "./model.ts";

type AnyType = SimpleType | ComplexType;

function element(
  name: string,
  type: AnyType,
  required: boolean,
  repeats: boolean,
  rule: FieldRule | undefined,
): ElementDeclaration {
  return { kind: "element", name, type, required, repeats, ...(rule === undefined ? {} : { rule }) };
}

/** Exactly once. */
export function one(name: string, type: AnyType, rule?: FieldRule): ElementDeclaration {
  return element(name, type, true, false, rule);
}

/** At most once. */
export function optional(name: string, type: AnyType, rule?: FieldRule): ElementDeclaration {
  return element(name, type, false, false, rule);
}

/** Any number of times. */
export function many(name: string, type: AnyType, rule?: FieldRule): ElementDeclaration {
  return element(name, type, false, true, rule);
}

/** At least once. */
export function some(name: string, type: AnyType, rule?: FieldRule): ElementDeclaration {
  return element(name, type, true, true, rule);
}

export function attribute(name: string, type: SimpleType, rule?: FieldRule): AttributeDeclaration {
  return { name, type, required: false, ...(rule === undefined ? {} : { rule }) };
}

export function requiredAttribute(name: string, type: SimpleType, rule?: FieldRule): AttributeDeclaration {
  return { ...attribute(name, type, rule), required: true };
}

export function sequence(
  name: string,
  particles: readonly Particle[],
  attributes: readonly AttributeDeclaration[] = [],
): ComplexType {
  const places = particles.flatMap((particle, index): Position[] => {
    const declarations = particle.kind === "choice" ? particle.elements : [particle];
    return declarations.map((declaration) => ({ index, particle, declaration }));
  });
  const content: Content = {
    model: "sequence",
    particles,
    elements: places.map(({ declaration }) => declaration),
    positions: new Map(places.map((place) => [place.declaration.name, place])),
  };
  return { kind: "complex", name, attributes, content };
}

/** Text with attributes. */
export function text(
  name: string,
  type: SimpleType,
  attributes: readonly AttributeDeclaration[],
  rule?: FieldRule,
): ComplexType {
  return {
    kind: "complex",
    name,
    attributes,
    content: { model: "text", type, ...(rule === undefined ? {} : { rule }) },
  };
}
