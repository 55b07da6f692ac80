// What the parts of a snapshot are, in words: the questions behind it, as readers know their answers.

const PART_WORDS: Record<string, string> = {
  outbound: 'calls between workloads',
  inbound: 'requests of workloads',
  connections: 'TCP connections',
  open: 'open connections',
  unreached: 'calls that reached nobody',
  refused: 'refused requests',
  admitted: 'admitted TCP connections',
  inboundLatency: 'latencies of workloads',
  noiseLatency: 'latencies of probes and scrapes',
  outboundLatency: 'latencies of edges',
  volume: 'bytes and opened connections',
  history: 'recent history',
  routeRequests: 'requests of routes',
  routeBackends: 'backends of routes',
  routeRetries: 'retries of routes',
  routeLatency: 'latencies of routes',
  profileResponses: 'routes of ServiceProfiles',
  profileLatency: 'latencies of ServiceProfiles',
  podResponses: 'responses of pods',
  podCounts: 'connections of pods',
  podLatency: 'latencies of pods',
  serviceResponses: 'responses of Services',
  serviceCounts: 'connections of Services',
  serviceLatency: 'latencies of Services',
  policyResponses: 'responses by policy',
  policyDecisions: 'decisions of policies',
  policyLatency: 'latencies by policy',
  accepted: 'the file of accepted problems',
  health: 'the health of the mesh',
  rules: 'recording rules',
};

const KUBERNETES = 'kubernetes:';
/** Kinds of objects whose names are not the words for them. */
const KIND_WORDS: Record<string, string> = {
  all: 'pods, idle workloads and causes',
  policyRoutes: 'HTTP routes of Linkerd',
  gatewayRoutes: 'HTTP routes of the Gateway API',
  grpcRoutes: 'gRPC routes',
  tcpRoutes: 'TCP routes',
  tlsRoutes: 'TLS routes',
  authorizations: 'authorization policies',
  meshTlsAuthentications: 'mesh TLS authentications',
};

/** "latencies of edges"; of Kubernetes the kind of object alone. A part that has no words has its name. */
export function partWords(part: string): string {
  if (!isOfKubernetes(part)) return PART_WORDS[part] ?? part;
  const kind = part.slice(KUBERNETES.length);
  return KIND_WORDS[kind] ?? kind.replace(/[A-Z]/g, ' $&').toLowerCase();
}

/** Whether Kubernetes answers it. */
export function isOfKubernetes(part: string): boolean {
  return part.startsWith(KUBERNETES);
}
