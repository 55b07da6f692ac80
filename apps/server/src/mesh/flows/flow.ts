// One edge while it is being added up from series, and the contract's edge that comes of it.

import type { Edge, EdgeHttp, EdgeTcp, Refused, Unreached } from '@latchwork/shared/edge';
import { refusedRps } from '@latchwork/shared/refusal';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { LockTally } from '../lock/lock-tally.ts';
import { Buckets, NO_QUANTILES } from './quantiles.ts';
import { refusalSignsOf } from './refusal-signs.ts';
import { toRefusedShare } from './refused-share.ts';
import { Responses } from './responses.ts';
import { Statuses } from './statuses.ts';

/** A sum that stays null until something was added: "not asked yet" is no zero. */
export type Amount = number | null;

interface PortNumbers {
  openConnections: Amount;
  opensPerSecond: Amount;
  readBytesPerSecond: Amount;
  writeBytesPerSecond: Amount;
}

export type PortNumber = keyof PortNumbers;

export class Flow {
  readonly source: string;
  readonly target: string;
  readonly responses = new Responses();
  readonly requestLock = new LockTally();
  /** Of connections that are no HTTP pool. */
  readonly connectionLock = new LockTally();
  /** How much of HTTP pools is secured; nobody asks for more of them. */
  readonly poolLock = new LockTally();
  // Made when needed: there are thousands of edges, and most have few of these.
  #refusalSigns: Set<string> | null = null;
  #ended: Statuses | null = null;
  /** Of `rps`, what ended for the caller as a refusal does; null where nothing says how calls ended. */
  #turnedAwayRps: number | null = null;
  #latency: Buckets | null = null;
  #ports: Map<string, PortNumbers> | null = null;
  #tcpPorts: Set<string> | null = null;
  /** The Services by port. */
  #pools: Map<string, Set<string>> | null = null;
  #notes: Set<string> | null = null;
  refused: Refused | null = null;
  unreached: Unreached | null = null;
  clientIds: readonly string[] = [];
  /** By nobody else: its caller has no proxy, or none whose counts are stored. */
  isCountedByTarget = false;
  /** Flows to other targets tell of the same requests. */
  isCovered = false;

  constructor(source: string, target: string) {
    this.source = source;
    this.target = target;
  }

  /** How so many responses a second ended, as its own counts say. */
  addEnded(labels: Labels, rps: number): void {
    this.#ended ??= new Statuses();
    this.#ended.add(labels, rps);
    if (!labels['status_code'] && !labels['grpc_status']) return;
    this.#turnedAwayRps ??= 0;
    const signs = refusalSignsOf(labels);
    if (signs.length === 0) return;
    this.#turnedAwayRps += rps;
    this.#refusalSigns ??= new Set();
    for (const sign of signs) this.#refusalSigns.add(sign);
  }

  /** Null where nobody counted that of this edge alone. What is added later is not in it. */
  takeEnded(): Statuses | null {
    const ended = this.#ended;
    this.#ended = null;
    return ended;
  }

  /** Whether its caller saw one of these signs of a refusal: `403`, or `grpc 7` where that is told. */
  hasSeen(signs: readonly string[]): boolean {
    return signs.some((sign) => this.#refusalSigns?.has(sign));
  }

  /** A plain sentence about what metrics cannot tell here. */
  note(text: string): void {
    this.#notes ??= new Set();
    this.#notes.add(text);
  }

  addLatency(le: string | undefined, rate: number): void {
    this.#latency ??= new Buckets();
    this.#latency.add(le, rate);
  }

  addPort(port: string, what: PortNumber, amount: number): void {
    this.#ports ??= new Map();
    const numbers = this.#ports.get(port) ?? {
      openConnections: null,
      opensPerSecond: null,
      readBytesPerSecond: null,
      writeBytesPerSecond: null,
    };
    numbers[what] = (numbers[what] ?? 0) + amount;
    this.#ports.set(port, numbers);
  }

  markTcp(port: string): void {
    this.#tcpPorts ??= new Set();
    this.#tcpPorts.add(port);
  }

  /** Connections to this port of the target carry HTTP, as those of this Service. */
  markPool(port: string, service = ''): void {
    this.#pools ??= new Map();
    const services = this.#pools.get(port);
    if (services) services.add(service);
    else this.#pools.set(port, new Set([service]));
  }

  hasPool(port: string, service = ''): boolean {
    return this.#pools?.get(port)?.has(service) ?? false;
  }

  addRefused(what: keyof Refused, rate: number): void {
    this.refused ??= { authorization: 0, route: 0, rateLimit: 0, egress: 0 };
    this.refused[what] += rate;
  }

  addUnreached(error: string, rate: number): void {
    this.unreached = { ...this.unreached, [error]: (this.unreached?.[error] ?? 0) + rate };
  }

  get isHttp(): boolean {
    return this.responses.rps > 0;
  }

  get isTcp(): boolean {
    return this.connectionLock.total > 0;
  }

  /** Whether a call or a connection shows that the source knows the target. */
  get isCall(): boolean {
    return this.isHttp || this.isTcp || (this.#sum('openConnections', null) ?? 0) > 0;
  }

  /** An edge is there when one of requests, connections outside of pools, refused or unreached is. */
  get isEdge(): boolean {
    if (this.isCovered) return this.refused !== null || this.unreached !== null;
    return this.isHttp || this.isTcp || this.refused !== null || this.unreached !== null;
  }

  #sum(what: PortNumber, ports: Pick<ReadonlySet<string>, 'has'> | null): Amount {
    if (!this.#ports) return null;
    let sum: Amount = null;
    for (const [port, numbers] of this.#ports)
      if (!ports || ports.has(port)) sum = numbers[what] === null ? sum : (sum ?? 0) + numbers[what];
    return sum;
  }

  #http(windowSeconds: number): EdgeHttp | null {
    if (!this.isHttp) return null;
    return {
      ...this.responses.summary(windowSeconds),
      ...(this.#latency?.quantiles() ?? NO_QUANTILES),
      securedShare: this.requestLock.securedShare,
    };
  }

  #tcp(): EdgeTcp | null {
    if (!this.isTcp && !(this.isHttp && this.#ports)) return null;
    const ports = this.isHttp ? this.#pools : this.#tcpPorts;
    return {
      opensPerSecond: this.#sum('opensPerSecond', ports),
      openConnections: this.#sum('openConnections', ports),
      readBytesPerSecond: this.#sum('readBytesPerSecond', ports),
      writeBytesPerSecond: this.#sum('writeBytesPerSecond', ports),
      securedShare: (this.isHttp ? this.poolLock : this.connectionLock).securedShare,
    };
  }

  /** Requests decide where there are any; the two are never added (truth rule 3). */
  get #tally(): LockTally {
    return this.isHttp ? this.requestLock : this.connectionLock;
  }

  /** Of the target, that carried what is not secured; null when the series do not say. */
  get openPorts(): readonly number[] | null {
    return this.#tally.openPorts;
  }

  toEdge(windowSeconds: number): Edge {
    // Nobody was asked about the connections and latencies of a caller whose own counts there are none of.
    const { isCountedByTarget } = this;
    const http = this.#http(windowSeconds);
    const tcp = this.#tcp();
    return {
      source: this.source,
      target: this.target,
      http: http && isCountedByTarget ? { ...http, ...NO_QUANTILES } : http,
      tcp,
      lock: this.#tally.toLock(this.clientIds),
      refused: this.refused && { ...this.refused },
      refusedShare: toRefusedShare({
        refusedRps: refusedRps(this),
        rps: http?.rps ?? tcp?.opensPerSecond ?? 0,
        turnedAwayRps: this.#turnedAwayRps,
        isCountedByTarget,
        windowSeconds,
      }),
      unreached: this.unreached,
      notes: [...(this.#notes ?? [])],
    };
  }
}
