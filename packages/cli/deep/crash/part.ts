/** What was asked for on the command line. */
export interface PartOptions {
  readonly seed: number;
  readonly door: string | undefined;
  /** Where in the list of points to begin: a run that was stopped goes on. */
  readonly from: number;
  readonly points: number;
  /** For each door, no point is begun after so long. */
  readonly seconds: number;
  readonly kills: number | undefined;
  readonly reports: number;
  readonly say: (line: string) => void;
}

/** What one part of the run showed. */
export interface PartResult {
  readonly held: boolean;
  readonly summary: string;
  readonly figures: object;
}
