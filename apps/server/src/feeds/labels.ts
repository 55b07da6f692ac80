// The labels of workloads as a topic: which of them group, and the values of one.

import type { Labels } from '@latchwork/shared/labels';
import type { LabelsParams } from '@latchwork/shared/live/live';
import type { ClusterView } from '../mesh/cluster/cluster-view.ts';
import { agreedLabels, toWorkloadLabels } from '../mesh/inventory/workload-labels.ts';
import type { Answer } from './answer.ts';
import { type ClusterTopicOptions, clusterAnswer } from './cluster-topic.ts';

export function createLabelsTopic(options: ClusterTopicOptions): (params: LabelsParams) => Answer<Labels> {
  let made: { view: ClusterView; agreed: ReturnType<typeof agreedLabels> } | null = null;

  function agreedOf(view: ClusterView) {
    if (made?.view !== view) made = { view, agreed: agreedLabels(view.state) };
    return made.agreed;
  }

  return ({ label = null, namespace = [] }) => {
    const namespaces = new Set(namespace);
    const key = JSON.stringify([label, [...namespaces].sort()]);
    return clusterAnswer(options, key, (view) =>
      toWorkloadLabels(agreedOf(view), view, { label, namespaces }),
    );
  };
}
