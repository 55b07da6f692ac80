// Edges as the callers' proxies count them: requests, connections, their locks and latencies.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { verdictOf } from '../lock/encryption.ts';
import { isInfrastructure, isUpkeepPort } from '../noise.ts';
import type { Elsewhere } from '../store/elsewhere.ts';
import { areCalleesStored, type CalleeOf, createCalleeOf, noteCallee } from './callees.ts';
import type { Flow, PortNumber } from './flow.ts';
import type { Flows } from './flows.ts';
import { remoteNote } from './remote-peers.ts';

export interface PictureOptions {
  readonly showNoise: boolean;
  readonly windowSeconds: number;
  /** Which endpoints are pods of other clusters, where some may be. */
  readonly elsewhere?: Elsewhere | null;
}

const VOLUMES: readonly PortNumber[] = ['opensPerSecond', 'readBytesPerSecond', 'writeBytesPerSecond'];

type Add = (flow: Flow, labels: Labels, value: number) => void;
type Each = (samples: readonly Sample[] | undefined, add: Add, least?: number) => void;

export function addOutbound(flows: Flows, answers: MeshAnswers, { showNoise }: PictureOptions): void {
  const calleeOf = areCalleesStored(answers) ? null : createCalleeOf(flows, answers);
  const each: Each = (samples, add, least = Number.MIN_VALUE) => {
    for (const { labels, value } of samples ?? []) {
      const flow = flowOf(flows, labels, calleeOf);
      if (!flow) continue;
      if (!Number.isFinite(value) || value < least || (!showNoise && isUpkeepPort(labels))) continue;
      add(flow, labels, value);
    }
  };

  each(answers.outbound, (flow, labels, value) => {
    flow.responses.add(labels, value);
    flow.addEnded(labels, value);
    const { status_code: status, grpc_status: grpc, server_id: serverId, target_port: port } = labels;
    flow.saw([...(status ? [status] : []), ...(grpc ? [`grpc ${grpc}`] : [])], value);
    flow.requestLock.add(value, verdictOf(labels, serverId), serverId, port);
    flow.markPool(port ?? '', labels['dst_service']);
  });
  const isPool = ({ labels }: Sample) => labels['pool'] === 'yes';
  each(answers.open?.filter(isPool), (flow, { target_port: port = '', dst_service: service }) =>
    flow.markPool(port, service),
  );
  const lived: Add = (flow, labels, value) => {
    const { server_id: serverId, target_port: port = '', dst_service: service } = labels;
    // Which ports carry HTTP is not known without that answer: then nothing is said to be TCP.
    const isPooled = !answers.open || flow.hasPool(port, service);
    const lock = isPooled ? flow.poolLock : flow.connectionLock;
    if (!isPooled) flow.markTcp(port);
    lock.add(value, verdictOf(labels, serverId), serverId, port);
  };
  addLived(answers.connections ?? [], each, lived);
  each(answers.outboundLatency, (flow, labels, value) => flow.addLatency(labels['le'], value));
  function addVolume(flow: Flow, labels: Labels, value: number): void {
    const what = VOLUMES.find((name) => name === labels['what']);
    if (what) flow.addPort(labels['target_port'] ?? '', what, value);
  }
  function addOpen(flow: Flow, labels: Labels, value: number): void {
    flow.addPort(labels['target_port'] ?? '', 'openConnections', value);
  }
  // 0 is a measurement; an edge younger than the last answer has none.
  each(
    answers.open?.filter((row) => !isPool(row)),
    addOpen,
    0,
  );
  each(answers.volume, addVolume, 0);
}

/**
 * Connections open at the window's start, and those opened since. Proxies of 2.3 have gauges whose labels no counter has:
 * they tell of no connection.
 */
function addLived(connections: readonly Sample[], each: Each, add: Add): void {
  const counted = new Set<string>();
  const keyOf = ({ source, target }: Flow, { tls, no_tls_reason, target_port }: Labels) =>
    `${source}\n${target}\n${tls} ${no_tls_reason} ${target_port}`;
  const isStarted = ({ labels }: Sample) => labels['lived'] === 'started';
  each(
    connections.filter((row) => !isStarted(row)),
    (flow, labels, value) => {
      counted.add(keyOf(flow, labels));
      if (value > 0) add(flow, labels, value);
    },
    0,
  );
  each(connections.filter(isStarted), (flow, labels, value) => {
    if (counted.has(keyOf(flow, labels))) add(flow, labels, value);
  });
}

/** Also learns who the two ends are, whether or not anything moved between them. */
function flowOf(flows: Flows, labels: Labels, calleeOf: CalleeOf | null): Flow | null {
  const source = flows.sourceOf(labels);
  const target = source && (calleeOf?.(labels) ?? flows.targetOf(labels));
  if (!source || !target) {
    flows.unattributed++;
    return null;
  }
  const caller = flows.subjects.get(source.id);
  if (caller) caller.scraped = true;
  if (isInfrastructure(labels)) flows.infrastructure.add(source.namespace);
  const called = flows.subjects.get(target.id);
  // A workload may have pods with and without a proxy: one with makes it meshed.
  const isMeshed = Boolean(labels['dst_control_plane_ns'] || (calleeOf && labels['server_id']));
  if (called) called.discovered = isMeshed || (called.discovered ?? false);
  const flow = flows.between(source.id, target.id);
  if (target.type === 'external' && target.what === 'remote')
    flow.note(remoteNote(target.id, labels['dst_service']));
  if (calleeOf) noteCallee(flow, target);
  return flow;
}
