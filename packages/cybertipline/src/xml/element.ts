import type { Place } from "../problem.ts";

export interface XmlAttribute {
  /** As written, with its prefix if it has one. */
  readonly name: string;
  /** The URI of its namespace; empty for an attribute without prefix. */
  readonly namespace: string;
  readonly value: string;
}

/** One element as it was read. Namespace declarations are not among the attributes. */
export interface XmlElement {
  /** As written, with its prefix if it has one. */
  readonly name: string;
  /** The URI of its namespace; empty if it is in none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** All text directly inside, in order, CDATA included, comments left out. */
  readonly text: string;
  readonly place: Place;
}
