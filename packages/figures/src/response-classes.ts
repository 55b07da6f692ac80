// How responses ended, in words: classes of HTTP statuses, gRPC codes by their names, and what never got a status.

import type { ResponseCount } from '@latchwork/shared/asked/responses';

/** One line: a class of statuses, a gRPC code, or what got none. */
export interface ResponseClass {
  /** "2xx", "UNAVAILABLE", "no status". */
  readonly name: string;
  /** "success", "server error"; empty where the name says it. */
  readonly about: string;
  readonly isGrpc: boolean;
  readonly requests: number;
  readonly failures: number;
  /** 0 to 1, of all requests. */
  readonly share: number;
  /** The single statuses in it, the most frequent first; none where the name is the status. */
  readonly codes: readonly { readonly name: string; readonly requests: number; readonly failures: number }[];
}

/** Shares of counts miss their last digits by less. */
const EXACT = 1e-6;
const NO_STATUS = 'no status';

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const GRPC_NAMES = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE'],
  ...['UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
];

const ABOUT: Readonly<Record<string, string>> = {
  '1xx': 'informational',
  '2xx': 'success',
  '3xx': 'redirect',
  '4xx': 'client error',
  '5xx': 'server error',
  [NO_STATUS]: 'the response never came',
};

/** By its number; what is no number says it in words already. */
export function grpcName(code: string): string {
  return /^\d+$/.test(code) ? (GRPC_NAMES[Number(code)] ?? `code ${code}`) : code;
}

/** HTTP from 1xx on, what got no status, then gRPC by its codes. */
export function responseClasses(counts: readonly ResponseCount[]): ResponseClass[] {
  const all = counts.reduce((sum, { rps }) => sum + rps, 0);
  const groups = new Map<string, ResponseCount[]>();
  for (const one of counts) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const [, name = ''] = key.split(/ (.*)/s);
      const isGrpc = key.startsWith('grpc');
      return {
        ...{ name, about: isGrpc ? '' : (ABOUT[name] ?? ''), isGrpc },
        requests: sum(members, ({ requests }) => requests),
        failures: sum(members, ({ failures }) => failures),
        share: all > 0 ? sum(members, ({ rps }) => rps) / all : 0,
        codes: isGrpc || name === NO_STATUS ? [] : members.map(toCode),
      };
    });
}

/** What went well is rounded down, as success is, and what failed up: the two never add up to something else. */
export function responseShare({ share, failures }: Pick<ResponseClass, 'share' | 'failures'>): string {
  const value = share * 100;
  if (value < EXACT || value > 100 - EXACT) return `${Math.round(value)} %`;
  const digits = value > 99.5 + EXACT || value < 0.5 - EXACT ? 2 : 1;
  const steps = value * 10 ** digits;
  const rounded = (failures > 0 ? Math.ceil(steps - EXACT) : Math.floor(steps + EXACT)) / 10 ** digits;
  if (rounded === 0) return '< 0.01 %';
  return rounded === 100 ? '> 99.99 %' : `${rounded.toFixed(digits)} %`;
}

/** Sorts as the lines stand: HTTP classes rising, no status, gRPC codes by their number. */
function keyOf({ status, grpc }: ResponseCount): string {
  if (grpc !== null) return `grpc${/^\d+$/.test(grpc) ? grpc.padStart(3, '0') : '~'} ${grpcName(grpc)}`;
  if (status === null) return `a9 ${NO_STATUS}`;
  return /^[1-5]\d\d$/.test(status) ? `a${status[0]} ${status[0]}xx` : `a8 ${status}`;
}

function toCode({ status, requests, failures }: ResponseCount): ResponseClass['codes'][number] {
  return { name: status ?? NO_STATUS, requests, failures };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
