// Where traffic goes: whoever counts or shows it.

import type { Exchange, Flow } from '../exchange.ts';

export interface Sink {
  exchange(exchange: Exchange): void;
  flow(flow: Flow): void;
}
