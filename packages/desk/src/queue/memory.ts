import { createContext, useContext } from "react";
import type { QueueList } from "../api/shapes.ts";

/** Where a person was in each list, so that coming back from a report puts them where they left. */
export interface QueueMemory {
  get(status: QueueList): QueuePlace;
  set(status: QueueList, place: QueuePlace): void;
  /** The list that a report was last opened from: "next report" goes on there. */
  last(): QueueList;
}

export interface QueuePlace {
  /** The report whose row has the keyboard. */
  active?: string;
  scroll: number;
}

export function createQueueMemory(): QueueMemory {
  const places = new Map<QueueList, QueuePlace>();
  let last: QueueList = "new";
  return {
    get: (status) => places.get(status) ?? { scroll: 0 },
    set(status, place) {
      places.set(status, place);
      last = status;
    },
    last: () => last,
  };
}

export const QueueMemoryContext = createContext<QueueMemory>(createQueueMemory());

export function useQueueMemory(): QueueMemory {
  return useContext(QueueMemoryContext);
}
