// What Prometheus answered to one round of questions, by part; a part that never answered is missing.

import type { LatencyPart } from '../sources/prometheus/latency.ts';
import type { Sample } from '../sources/prometheus/sample.ts';
import type { TrafficPart } from '../sources/prometheus/traffic.ts';

export type Part = TrafficPart | LatencyPart;

export type MeshAnswers = { readonly [P in Part]?: readonly Sample[] };
