// A feed pushes values into a sink until it is stopped. That is all a topic needs to be.

export interface Sink<T> {
  data(value: T): void;
  trouble(error: unknown): void;
}

export type Stop = () => void;
