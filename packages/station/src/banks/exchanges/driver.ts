import type { SaidPage } from "../entry.ts";

/** One page of a source, with where the next one begins. */
export interface FetchedPage {
  page: SaidPage;
  /** Stored in the transaction that stores the page. */
  checkpoint: object;
  /** The source has no more for now. */
  caughtUp: boolean;
}

/** Speaks with one source. What it knows between two pages is in the checkpoint, so that it can go on after any crash. */
export interface ExchangeDriver {
  /**
   * The next page.
   * @param checkpoint as the page before gave it; null at the very beginning
   * @throws StationError `peer.unreachable`, `peer.answer-invalid`, `peer.refused`
   */
  next(checkpoint: unknown): Promise<FetchedPage>;
}
