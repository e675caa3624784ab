/** Content models: which child is which declared element, and what is missing, too much or out of order. */
import type { Content, ElementDeclaration, Particle, Position } from "../schema/model.ts";
import type { XmlElement } from "../xml/element.ts";
import { type DecodeContext, note } from "./context.ts";
import { cut, quote } from "./simple-value.ts";

export interface Match {
  readonly declaration: ElementDeclaration;
  readonly element: XmlElement;
}

function names(particles: readonly Particle[]): string {
  return particles
    .flatMap((particle) => (particle.kind === "choice" ? particle.elements : [particle]))
    .map(({ name }) => name)
    .join(", ");
}

function unexpected(
  parent: XmlElement,
  child: XmlElement,
  path: string,
  expected: readonly Particle[],
  why: string,
  context: DecodeContext,
): void {
  note(context, child, `${path}/${cut(child.name)}`, {
    code: "schema.unexpected-element",
    key: expected.length === 0 ? "cvc-complex-type.2.4.d" : "cvc-complex-type.2.4.a",
    message: `${quote(child.name)} cannot stand here in ${quote(parent.name)}: ${why}.`,
    remedy:
      expected.length === 0
        ? `Remove it: nothing more may stand here in ${quote(parent.name)}.`
        : `Here may stand: ${names(expected)}.`,
  });
}

/** A cursor in the sequence: what is behind it can no longer come, unless it repeats. */
interface Progress {
  slot: number;
  readonly filled: Set<number>;
  /** Required elements whose absence from their place has been noted; they may still come, out of order. */
  readonly noted: Set<number>;
}

function isOpen(particle: Particle, index: number, { slot, filled }: Progress): boolean {
  const again = particle.kind === "element" && particle.repeats;
  return index > slot || (index === slot && (again || !filled.has(index)));
}

function isMissing(particle: Particle, index: number, { filled, noted }: Progress): boolean {
  return particle.kind === "element" && particle.required && !filled.has(index) && !noted.has(index);
}

/** What may come next: up to and including the first element that must. */
function expectedNext(particles: readonly Particle[], progress: Progress): readonly Particle[] {
  const expected: Particle[] = [];
  for (const [index, particle] of particles.entries()) {
    if (!isOpen(particle, index, progress)) continue;
    expected.push(particle);
    if (isMissing(particle, index, progress)) break;
  }
  return expected;
}

function whyUnexpected(child: XmlElement, position: Position | undefined, progress: Progress): string {
  if (child.namespace !== "") return "it is in an XML namespace";
  if (position === undefined) return "the schema does not know it";
  const { index, particle } = position;
  if (!progress.filled.has(index)) return "it comes too late";
  if (particle.kind === "choice") return `only one of ${names([particle])} may be sent`;
  return particle.repeats ? "all of its kind must stand together, earlier" : "it may be sent only once";
}

/** Notes each required element that should have come before this one. */
function noteSkipped(
  parent: XmlElement,
  child: XmlElement,
  path: string,
  skipped: readonly Particle[],
  context: DecodeContext,
): void {
  for (const particle of skipped) {
    const wanted = names([particle]);
    const later = parent.children.some(({ name }) => name === wanted);
    note(context, child, `${path}/${child.name}`, {
      code: later ? "schema.unexpected-element" : "schema.missing-element",
      key: "cvc-complex-type.2.4.a",
      message: `${quote(child.name)} stands where ${quote(wanted)} must stand in ${quote(parent.name)}.`,
      remedy: later
        ? `Move ${wanted} before ${child.name}: the order of elements is fixed.`
        : `Add ${wanted} before ${child.name}.`,
    });
  }
}

function matchSequence(
  parent: XmlElement,
  path: string,
  { particles, positions }: Extract<Content, { model: "sequence" }>,
  context: DecodeContext,
): readonly Match[] {
  const progress: Progress = { slot: 0, filled: new Set(), noted: new Set() };
  const matches: Match[] = [];
  for (const child of parent.children) {
    const position = child.namespace === "" ? positions.get(child.name) : undefined;
    if (position !== undefined && progress.noted.delete(position.index)) {
      // Its being out of order has been noted already, where it should have stood.
      progress.filled.add(position.index);
      matches.push({ declaration: position.declaration, element: child });
      continue;
    }
    if (position === undefined || !isOpen(position.particle, position.index, progress)) {
      const why = whyUnexpected(child, position, progress);
      unexpected(parent, child, path, expectedNext(particles, progress), why, context);
      continue;
    }
    const before = [...particles.entries()].slice(progress.slot, position.index);
    const skipped = before.filter(([index, particle]) => isMissing(particle, index, progress));
    noteSkipped(
      parent,
      child,
      path,
      skipped.map(([, particle]) => particle),
      context,
    );
    for (const [index] of skipped) progress.noted.add(index);
    progress.filled.add(position.index);
    progress.slot = position.index;
    matches.push({ declaration: position.declaration, element: child });
  }
  const missing = particles.filter((particle, index) => isMissing(particle, index, progress));
  if (missing.length > 0) noteIncomplete(parent, path, names(missing), context);
  return matches;
}

function noteIncomplete(parent: XmlElement, path: string, missing: string, context: DecodeContext): void {
  note(context, parent, path, {
    code: "schema.missing-element",
    key: "cvc-complex-type.2.4.b",
    message: `${quote(parent.name)} is not complete: ${missing} is missing.`,
    remedy: `Add ${missing}.`,
  });
}

/** At most one of each kind in any order, or exactly one altogether. */
function matchUnordered(
  parent: XmlElement,
  path: string,
  content: Extract<Content, { model: "all" | "choice" }>,
  context: DecodeContext,
): readonly Match[] {
  const matches: Match[] = [];
  for (const child of parent.children) {
    const declaration = content.elements.find(({ name }) => name === child.name && child.namespace === "");
    const seen = matches.some((match) => match.declaration === declaration);
    const full = content.model === "choice" && matches.length > 0;
    if (declaration !== undefined && !seen && !full) {
      matches.push({ declaration, element: child });
      continue;
    }
    const open = full
      ? []
      : content.elements.filter((element) => matches.every((match) => match.declaration !== element));
    const why =
      declaration === undefined
        ? "the schema does not know it"
        : full
          ? `exactly one of ${names(content.elements)} may be sent`
          : "it may be sent only once";
    unexpected(parent, child, path, open, why, context);
  }
  if (content.model === "choice" && parent.children.length === 0) {
    noteIncomplete(parent, path, `one of ${names(content.elements)}`, context);
  }
  return matches;
}

/** Pairs the children of an element with their declarations, in document order, and notes what does not fit. */
export function matchChildren(
  parent: XmlElement,
  path: string,
  content: Exclude<Content, { model: "text" | "empty" }>,
  context: DecodeContext,
): readonly Match[] {
  return content.model === "sequence"
    ? matchSequence(parent, path, content, context)
    : matchUnordered(parent, path, content, context);
}
