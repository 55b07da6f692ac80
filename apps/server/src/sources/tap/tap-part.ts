// One event of a tap stream in our own words: a request begins, is answered, or ends. No protobuf beyond this point.

import type { TapHeader, TapPeer } from '@latchwork/shared/tap/tap-event';

type TapLabels = Readonly<Record<string, string>>;

interface AnyPart {
  readonly direction: 'inbound' | 'outbound';
  readonly source: TapPeer;
  readonly destination: TapPeer;
  readonly routeLabels: TapLabels;
  /** Not unique: see `requests.ts`. */
  readonly streamId: string;
}

export interface RequestPart extends AnyPart {
  readonly kind: 'request';
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly headers: TapHeader[];
}

export interface ResponsePart extends AnyPart {
  readonly kind: 'response';
  readonly sinceRequestMs: number | null;
  readonly httpStatus: number;
  readonly headers: TapHeader[];
}

export interface EndPart extends AnyPart {
  readonly kind: 'end';
  readonly sinceRequestMs: number | null;
  /** Null when no response had begun. */
  readonly sinceResponseMs: number | null;
  readonly grpcStatus: number | null;
  readonly resetError: number | null;
  readonly trailers: TapHeader[];
}

export type TapPart = RequestPart | ResponsePart | EndPart;
