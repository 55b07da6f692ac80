// Discovery: every proxy once, with the labels that a scrape configured by viz would have.

import { describe, expect, it } from 'vitest';
import { createCluster } from './cluster.ts';
import { httpSd } from './http-sd.ts';
import { ferryLine } from './scenario/ferry-line.ts';
import { Scrapes } from './scrapes.ts';

const cluster = createCluster(ferryLine);
const targets = httpSd(cluster.pods, {
  partOf: 'ferryline',
  address: '127.0.0.1:8080',
  scrapes: new Scrapes(),
});

function labelsOf(label: string, value: string) {
  return targets.find(({ labels }) => labels[label] === value)?.labels;
}

describe('httpSd(pods, partOf, address)', () => {
  it('names every proxy and no pod without one', () => {
    expect(targets).toHaveLength(cluster.pods.filter(({ meshed }) => meshed).length);
    expect(targets.some(({ labels }) => labels['namespace'] === 'yard')).toBe(false);
  });

  it('labels pods by their owner as viz does', () => {
    const common = [
      '__metrics_path__',
      'control_plane_ns',
      'instance',
      'job',
      'namespace',
      'pod',
      'workload_ns',
    ];
    const app = ['app', 'app_kubernetes_io_name', 'app_kubernetes_io_part_of'];
    const owned = ['app_kubernetes_io_version', 'team'];
    const keys = (label: string, value: string) => Object.keys(labelsOf(label, value) ?? {}).sort();
    const sorted = (...names: string[]) => [...common, ...names].sort();
    expect(keys('deployment', 'gangway')).toEqual(
      sorted(...app, ...owned, 'deployment', 'pod_template_hash'),
    );
    expect(keys('daemonset', 'beacon')).toEqual(
      sorted(...app, 'team', 'daemonset', 'controller_revision_hash', 'pod_template_generation'),
    );
    expect(keys('statefulset', 'ledger')).toEqual(
      sorted(
        ...app,
        ...owned,
        'statefulset',
        'statefulset_kubernetes_io_pod_name',
        'apps_kubernetes_io_pod_index',
        'controller_revision_hash',
      ),
    );
    expect(keys('k8s_job', 'nightly-report')).toEqual(
      sorted(
        ...app,
        'k8s_job',
        'job_name',
        'batch_kubernetes_io_job_name',
        'controller_uid',
        'batch_kubernetes_io_controller_uid',
      ),
    );
  });

  it('marks what runs the mesh itself', () => {
    expect(labelsOf('deployment', 'linkerd-destination')).toMatchObject({
      control_plane_component: 'destination',
    });
    expect(labelsOf('deployment', 'tap')).toMatchObject({ component: 'tap', extension: 'viz' });
    expect(labelsOf('deployment', 'tap')).not.toHaveProperty('app');
  });
});
