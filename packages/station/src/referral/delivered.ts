/** What a delivery yields: what the receiver calls the report, and its proof. */
export interface Delivered {
  remoteReference: string;
  receipt: object;
  /** False if what is there is not exactly what was to be sent and cannot be changed any more: a person is told. */
  isComplete?: boolean;
}

/** Another worker has it: this one does nothing, and looks again later in case that one dies. */
export const IN_OTHER_HANDS = Symbol("another worker has it");
