import type { Place } from "../problem.ts";

const LINE_FEED = 0x0a;

/**
 * Turns ascending positions in a text into lines and columns, in one pass over the text altogether.
 *
 * @param text with line feeds as its only line ends.
 * @returns a function from an index (UTF-16 units; never smaller than the one before) to its place.
 */
export function placeFinder(text: string): (index: number) => Place {
  let seen = 0;
  let line = 1;
  let column = 1;
  return (index) => {
    for (; seen < index; seen += 1) {
      const unit = text.charCodeAt(seen);
      if (unit === LINE_FEED) {
        line += 1;
        column = 1;
      } else if (unit < 0xdc00 || unit > 0xdfff) {
        // The second half of a surrogate pair is no character of its own.
        column += 1;
      }
    }
    return { line, column };
  };
}
