import type { ClusterObject, WorkloadEvents } from '@latchwork/shared/asked/asked-objects';
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import EventList from '../workload/EventList.svelte';
import ObjectText from './ObjectText.svelte';

const SERVER = { kind: 'server', namespace: 'shop', name: 'orders-http' } as const;
const POLICY = { kind: 'authorizationpolicy', namespace: 'shop', name: 'orders' } as const;

function answering(answers: Readonly<Record<string, object | string>>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(`${url.pathname}${url.search}`);
    const answer = Object.entries(answers).find(([part]) => decodeURIComponent(url.href).includes(part))?.[1];
    if (typeof answer === 'object') return new Response(JSON.stringify(answer));
    return new Response(JSON.stringify({ message: answer ?? 'nobody home', remedy: null }), { status: 403 });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const summaries = (name: RegExp) =>
  [...document.querySelectorAll('summary')].filter(({ textContent }) => name.test(textContent ?? ''));

async function open(name: RegExp) {
  await vi.waitFor(() => expect(summaries(name).length).toBeGreaterThan(0));
  const details = summaries(name).at(-1)?.closest('details') as HTMLDetailsElement;
  details.open = true;
  await fireEvent(details, new Event('toggle'));
}

describe('ObjectText', () => {
  it('asks only when it is opened, shows the YAML, and leads to what is named, without a circle', async () => {
    const server: ClusterObject = { text: 'kind: Server\n', related: [POLICY], untold: null };
    const policy: ClusterObject = { text: 'kind: AuthorizationPolicy\n', related: [SERVER], untold: null };
    const asked = answering({ 'shop/server/orders-http': server, 'shop/authorizationpolicy/orders': policy });
    render(ObjectText, { object: SERVER });
    expect(asked).toEqual([]);
    await open(/Server orders-http/);
    const figure = await screen.findByRole('figure', { name: 'Server orders-http in shop' });
    expect(within(figure).getByText('kind: Server')).toBeTruthy();
    await open(/AuthorizationPolicy orders/);
    await screen.findByRole('figure', { name: 'AuthorizationPolicy orders in shop' });
    expect(summaries(/Server orders-http/)).toHaveLength(1);
  });

  it('leads to both kinds of HTTPRoute of one name', async () => {
    const route = { kind: 'httproute', namespace: 'shop', name: 'orders' } as const;
    const related: ClusterObject['related'] = [route, { ...route, group: 'gateway.networking.k8s.io' }];
    answering({ 'shop/server/orders-http': { text: 'kind: Server\n', related, untold: null } });
    render(ObjectText, { object: SERVER });
    await open(/Server orders-http/);
    await vi.waitFor(() => expect(summaries(/HTTPRoute orders/)).toHaveLength(2));
  });

  it('says which right is missing, with the manifest that grants it', async () => {
    const untold = {
      why: 'the identity in use may not get servers.policy.linkerd.io in namespace shop',
      remedy: 'grant it',
      right: 'get servers.policy.linkerd.io in namespace shop',
      manifest: 'kind: Role\n',
    };
    answering({ server: { text: null, related: [], untold } });
    render(ObjectText, { object: SERVER });
    await open(/Server orders-http/);
    expect(await screen.findByText(/may not get servers/)).toBeTruthy();
    expect(screen.getByRole('figure', { name: 'Manifest' }).textContent).toContain('kind: Role');
  });

  it('says that it is gone, and what the server refused', async () => {
    answering({ 'shop/server': { text: null, related: [], untold: null }, orders: 'you may not' });
    render(ObjectText, { object: SERVER });
    await open(/Server orders-http/);
    expect(await screen.findByText(/no such object any more in shop/)).toBeTruthy();
    render(ObjectText, { object: POLICY });
    await open(/AuthorizationPolicy orders/);
    expect((await screen.findByRole('alert')).textContent).toBe('You may not.');
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeTruthy();
  });
});

describe('EventList', () => {
  it('lists what happened, warnings in words too, and how many it asked about', async () => {
    const event = { about: 'Pod/web-1', reason: 'BackOff', message: 'Back-off restarting', firstAt: null };
    const told: WorkloadEvents = {
      events: [{ ...event, isWarning: true, count: 7, lastAt: '2026-11-24T10:00:00Z' }],
      more: 0,
      asked: 12,
      all: 40,
      untold: null,
    };
    const asked = answering({ events: told });
    render(EventList, { id: 'shop/deployment/web' });
    expect((await screen.findByRole('listitem')).textContent?.replace(/\s+/g, ' ')).toMatch(
      /Warning: BackOff 7 times, last 10:00:00 UTC Back-off restarting Pod web-1/,
    );
    expect(screen.getByText(/12 of 40 objects/)).toBeTruthy();
    expect(asked).toEqual(['/api/workloads/shop/deployment/web/events']);
  });
});
