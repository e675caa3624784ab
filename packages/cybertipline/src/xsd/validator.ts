/**
 * A second opinion on a document: libxml2, with the schema that we publish. The decoder does not need it; tests hold the two
 * to the same verdict, and an operator can run it beside the decoder.
 */
import type { XmlDocument, XsdValidator } from "libxml2-wasm";
import { xsd } from "../schema/xsd.ts";
import { admitXml } from "../xml/gate.ts";

export interface XsdFault {
  /** As libxml2 words it. */
  readonly message: string;
  /** An XPath, where libxml2 names one. */
  readonly path?: string;
  readonly line?: number;
}

type Library = typeof import("libxml2-wasm");

/** Owns memory of the WebAssembly module; dispose it with `using`. */
export class SecondOpinion implements Disposable {
  readonly #library: Library;
  readonly #schema: XmlDocument;
  readonly #validator: XsdValidator;

  /** @param library the loaded module `libxml2-wasm`. */
  constructor(library: Library) {
    this.#library = library;
    this.#schema = library.XmlDocument.fromString(xsd());
    this.#validator = library.XsdValidator.fromDoc(this.#schema);
  }

  /**
   * Validates a document whose root is any of the four.
   *
   * @returns nothing if it is valid, else what libxml2 says. A document that no parser may see is one fault.
   */
  validate(xml: string | Uint8Array): readonly XsdFault[] {
    const admitted = admitXml(xml);
    if (!admitted.ok) return [{ message: admitted.problem.message }];
    try {
      using document = this.#library.XmlDocument.fromString(admitted.text, {
        // No option opens a network or a file here, but none is to be opened if that ever changes.
        option: this.#library.ParseOption.XML_PARSE_NO_XXE | this.#library.ParseOption.XML_PARSE_NONET,
      });
      this.#validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof this.#library.XmlLibError)) throw error;
      return error.details.map(({ message, xpath, line }) => ({
        message: message.trim(),
        ...(xpath === undefined ? {} : { path: xpath }),
        ...(line > 0 ? { line } : {}),
      }));
    }
  }

  [Symbol.dispose](): void {
    this.#validator.dispose();
    this.#schema.dispose();
  }
}

/** Loads libxml2 and the schema. Both stay in memory until disposed: open it once, not for each document. */
export async function openSecondOpinion(): Promise<SecondOpinion> {
  return new SecondOpinion(await import("libxml2-wasm"));
}
