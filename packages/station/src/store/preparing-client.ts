import { createHash } from "node:crypto";
import { Client, type QueryConfig } from "pg";

/** Statements that one session keeps prepared; a station has about two hundred, lists of unusual length come on top. */
const MOST_PREPARED = 500;

/**
 * A session that prepares each statement once and then only sends its values: most of what a small statement costs the server is
 * reading and planning it again. (A pooler between us and PostgreSQL must know prepared statements, or pool by session.)
 */
export class PreparingClient extends Client {
  readonly #names = new Map<string, string>();

  constructor(config?: ConstructorParameters<typeof Client>[0]) {
    super(config);
    // The driver overloads this in a dozen ways; only "text with values" is changed on its way through.
    const send = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]): unknown => {
      const [text, values, ...rest] = given;
      const name = typeof text === "string" && Array.isArray(values) ? this.#nameOf(text) : undefined;
      if (name === undefined) return send(...given);
      const prepared: QueryConfig = { name, text: String(text), values: values as unknown[] };
      return send(prepared, ...rest);
    }) as Client["query"];
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST_PREPARED) return known;
    const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}
