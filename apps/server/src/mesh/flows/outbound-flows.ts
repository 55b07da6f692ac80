// Edges as the callers' proxies count them: requests, connections, their locks and latencies.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { verdictOf } from '../lock/encryption.ts';
import { isInfrastructure, isUpkeepPort, type NoiseRows } from '../noise.ts';
import type { Elsewhere } from '../store/elsewhere.ts';
import { areCalleesStored, type CalleeOf, createCalleeOf, noteCallee } from './callees.ts';
import type { Flow, PortNumber } from './flow.ts';
import type { Flows } from './flows.ts';
import { remoteNote } from './remote-peers.ts';

export interface PictureOptions {
  readonly noise: NoiseRows;
  readonly windowSeconds: number;
  /** Which endpoints are pods of other clusters, where some may be. */
  readonly elsewhere?: Elsewhere | null;
}

const VOLUMES: readonly PortNumber[] = ['opensPerSecond', 'readBytesPerSecond', 'writeBytesPerSecond'];

type Add = (flow: Flow, labels: Labels, value: number) => void;
type Each = (samples: readonly Sample[] | undefined, add: Add, least?: number) => void;

export function addOutbound(flows: Flows, answers: MeshAnswers, { noise }: PictureOptions): void {
  const calleeOf = areCalleesStored(answers) ? null : createCalleeOf(flows, answers);
  const each: Each = (samples, add, least = Number.MIN_VALUE) => {
    for (const { labels, value } of samples ?? []) {
      const isNoise = noise !== 'show' && isUpkeepPort(labels);
      if (noise === 'only' && !isNoise) continue;
      const flow = flowOf(flows, labels, calleeOf);
      if (!flow) continue;
      if (!Number.isFinite(value) || value < least || (noise === 'hide' && isNoise)) continue;
      add(flow, labels, value);
    }
  };

  each(answers.outbound, (flow, labels, value) => {
    flow.responses.add(labels, value);
    flow.addEnded(labels, value);
    const { server_id: serverId, target_port: port } = labels;
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
    if (!answers.open || flow.hasPool(port, service)) {
      flow.poolLock.add(value, verdictOf(labels, serverId));
      return;
    }
    flow.markTcp(port);
    flow.connectionLock.add(value, verdictOf(labels, serverId), serverId, port);
  };
  each(
    answers.connections?.filter(({ labels }) => !isOfNobody(labels)),
    lived,
  );
  // An empty bucket is where the next one begins.
  each(answers.outboundLatency, (flow, labels, value) => flow.addLatency(labels['le'], value), 0);
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

/** Of proxies of 2.3, whose gauges have labels that no counter has: whom they lead to is nowhere. */
function isOfNobody({ dst_namespace, target_addr, server_id, tls }: Labels): boolean {
  return tls === 'true' && !dst_namespace && !target_addr && !server_id;
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
