// Where a connection through a proxy shall lead, and how long it may take to open.

export interface TunnelTarget {
  /** An IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}
