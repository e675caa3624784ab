/** Bytes that are not what they should be. Nothing else is ever thrown here for what comes from outside. */
export class Refused extends Error {}

/** What `read` gives, or null for what it refuses. */
export function unlessRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
