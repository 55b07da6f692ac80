// The labels of workloads as a topic: which of them group, and the values of one.

import type { Labels } from '@latchwork/shared/labels';
import type { LabelsParams } from '@latchwork/shared/live/live';
import { toWorkloadLabels } from '../mesh/inventory/workload-labels.ts';
import type { Answer } from './answer.ts';
import { type ClusterTopicOptions, clusterAnswer } from './cluster-topic.ts';

export function createLabelsTopic(options: ClusterTopicOptions): (params: LabelsParams) => Answer<Labels> {
  return ({ label = null, namespace = [] }) => {
    const namespaces = new Set(namespace);
    const key = JSON.stringify([label, [...namespaces].sort()]);
    return clusterAnswer(options, key, (view) => toWorkloadLabels(view, { label, namespaces }));
  };
}
