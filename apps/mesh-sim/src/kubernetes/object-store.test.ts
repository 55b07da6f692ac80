// What is kept, under which versions, and what is forgotten.

import { describe, expect, it } from 'vitest';
import type { KubeObject } from './kube-object.ts';
import { type Change, ObjectStore } from './object-store.ts';
import { RESOURCES } from './resources.ts';

const PODS = RESOURCES.filter(({ name }) => name === 'pods');

function pod(name: string, { uid = name, phase = 'Running' } = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid, creationTimestamp: '2026-11-24T12:00:00Z' },
    status: { phase },
  };
}

function storeOf(...objects: KubeObject[]) {
  const store = new ObjectStore();
  store.sync(PODS, objects);
  const seen: string[] = [];
  store.listen(({ type, object }: Change) => seen.push(`${type} ${object.metadata.name}`));
  return { store, seen };
}

describe('ObjectStore', () => {
  it('lists by name, whatever the order in which things came', () => {
    const { store } = storeOf(pod('b'), pod('a'));
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  });

  it('tells only what changed, each under a version of its own', () => {
    const { store, seen } = storeOf(pod('a'), pod('b'), pod('c'));
    const before = store.version;
    const [kept] = store.list('pods');
    store.sync(PODS, [pod('a'), pod('b', { phase: 'Failed' }), pod('d')]);
    expect(seen).toEqual(['DELETED c', 'MODIFIED b', 'ADDED d']);
    expect(store.list('pods')[0]).toBe(kept);
    const versions = store.since('pods', before).map(({ version }) => version);
    expect(versions).toEqual([before + 1, before + 2, before + 3]);
    expect(store.get('pods', 'shop/d')?.metadata.resourceVersion).toBe(String(before + 3));
  });

  it('takes an object of the same name and another uid for another one', () => {
    const { store, seen } = storeOf(pod('ledger-0', { uid: 'first' }));
    store.sync(PODS, [pod('ledger-0', { uid: 'second' })]);
    expect(seen).toEqual(['DELETED ledger-0', 'ADDED ledger-0']);
  });

  it('forgets the past when told, and goes on from there', () => {
    const { store } = storeOf(pod('a'));
    const before = store.version;
    expect(store.isForgotten(before)).toBe(false);
    store.forget();
    expect(store.isForgotten(before)).toBe(true);
    expect(store.isForgotten(store.version)).toBe(false);
    expect(store.list('pods')).toHaveLength(1);
  });

  it('keeps a bounded past', () => {
    const { store } = storeOf(pod('a'));
    const before = store.version;
    for (let i = 0; i < 1_500; i++) store.sync(PODS, [pod('a', { phase: `phase ${i}` })]);
    expect(store.isForgotten(before)).toBe(true);
    expect(store.isForgotten(store.version - 900)).toBe(false);
    expect(store.since('pods', store.version - 900)).toHaveLength(900);
  });
});
