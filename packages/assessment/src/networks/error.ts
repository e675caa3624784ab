export type NetworkTableErrorCode = "table.damaged" | "table.unsupported" | "table.row";

/** A table of networks cannot be used: for whoever runs the station. */
export class NetworkTableError extends Error {
  override readonly name = "NetworkTableError";
  readonly code: NetworkTableErrorCode;

  constructor(code: NetworkTableErrorCode, what: string) {
    super(
      `The network table cannot be used: ${what}. Install it again, or leave it out: addresses are then unknown.`,
    );
    this.code = code;
  }
}
