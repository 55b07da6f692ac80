// How many edges have a fault, by what it is: counted on a card where nothing else shows them.

/** Edges between workloads with a fault that no line and no chip shows. `bad`: no endpoint, or below 95 %. */
export interface FaultCounts {
  bad: number;
  lock: number;
  warn: number;
  refused: number;
}

export const NO_FAULTS: FaultCounts = { bad: 0, lock: 0, warn: 0, refused: 0 };
