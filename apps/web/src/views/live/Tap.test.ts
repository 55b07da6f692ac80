import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { tap, tapped } from '../../test-data/tap.ts';
import { top, topRow } from '../../test-data/top.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const workloads = snapshot([WEB]);
const SEARCH = '?view=live&target=shop/deployment/web';
const ALONE = `${SEARCH}&tap=all`;
const first = tapped();
const failed = tapped({
  key: 'a-2',
  path: '/reviews/88',
  httpStatus: 500,
  outcome: '500',
  succeeded: false,
  admission: null,
  direction: 'outbound',
  toldBy: 'caller',
});
const grpc = tapped({
  key: 'a-3',
  path: '/pay.Pay/Charge',
  route: '/pay.Pay/Charge',
  method: 'POST',
  to: { id: 'bank/deployment/pay', label: 'pay', namespace: 'bank' },
  grpcStatus: 14,
  outcome: 'gRPC 14',
  succeeded: false,
  lock: { state: 'plaintext', reason: 'no_tls_from_remote' },
});
const STREAM = tap([grpc, failed, first]);

const table = () => screen.findByRole('table', { name: 'Tapped requests' });
const lines = async () =>
  within(await table())
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()).join(' | '));

describe('the tap of Live', () => {
  it('shows requests one by one, and asks for no rows meanwhile', async () => {
    const { subscribed } = stage(ALONE, { workloads, tap: STREAM });
    expect(await lines()).toEqual([
      '15:46:02.914 | web to bank/pay | POST /pay.Pay/Charge | 200 | 14 | 8.1 ms | 9.0 ms | ',
      '15:46:02.914 | web to reviews | GET /reviews/88 | 500 | – | 8.1 ms | 9.0 ms | ',
      '15:46:02.914 | web to reviews | GET /reviews/310 | 200 | – | 8.1 ms | 9.0 ms | ',
    ]);
    expect(within(await table()).getAllByRole('img', { name: /^plaintext/ })).toHaveLength(1);
    expect(subscribed().map(({ topic }) => topic)).not.toContain('top');
  });

  it('opens a request in place: which policy let it in, its headers, and what was withheld', async () => {
    const { location } = stage(ALONE, { workloads, tap: STREAM });
    const row = within(await table()).getByRole('row', { name: /reviews\/310/ });
    await fireEvent.click(within(row).getByRole('link'));
    expect(location.place.request).toBe('a-1');
    const text = (await table()).textContent?.replace(/\s+/g, ' ') ?? '';
    expect(text).toContain('AuthorizationPolicy reviews-callers');
    expect(text).toContain('Server reviews-http');
    expect(text).toContain('authorization: withheld');
    expect(text).toContain('content-type: application/json');
    expect(text).toContain('web.shop');
    expect(screen.getByRole('button', { name: 'Copy as curl' })).toBeTruthy();
    await fireEvent.click(within(row).getByRole('link'));
    expect(location.place.request).toBeNull();
  });

  it('says where the policy can be seen when the caller’s proxy told of the request', async () => {
    const { location } = stage(`${ALONE}&request=a-2`, { workloads, tap: STREAM });
    await fireEvent.click(await screen.findByRole('link', { name: 'Tap reviews' }));
    expect(location.place.target).toBe('shop/deployment/reviews');
  });

  it('holds still while a request is open, and counts what waits', async () => {
    const { push } = stage(`${ALONE}&request=a-1`, { workloads, tap: STREAM });
    expect(await lines()).toHaveLength(4);
    push('tap', tap([tapped({ key: 'a-4', path: '/new' }), grpc]));
    const waiting = await screen.findByRole('button', { name: '1 new request, show' });
    expect((await lines()).join()).not.toContain('/new');
    await fireEvent.click(waiting);
    expect((await lines())[0]).toContain('/new');
    expect(await screen.findByText(/not held any more/)).toBeTruthy();
  });

  it('searches, headers too', async () => {
    stage(ALONE, { workloads, tap: STREAM });
    await table();
    const field = screen.getByRole('combobox', { name: 'Filter requests' });
    await fireEvent.input(field, { target: { value: 'status:grpc' } });
    expect(await lines()).toHaveLength(1);
    await fireEvent.input(field, { target: { value: 'header:application/json -5xx' } });
    expect(await lines()).toHaveLength(2);
    await fireEvent.input(field, { target: { value: 'nothing' } });
    expect(await screen.findByText('No request matches')).toBeTruthy();
  });

  it('forgets what was listed when it is cleared', async () => {
    const { push } = stage(ALONE, { workloads, tap: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.queryByRole('table', { name: 'Tapped requests' })).toBeNull();
    push('tap', tap([tapped({ key: 'a-4', path: '/new' }), grpc, failed, first]));
    expect(await lines()).toHaveLength(1);
  });

  it('opens beside the top for one of its rows, and asks the proxies for no more', async () => {
    const { subscribed, push } = stage(SEARCH, { workloads, top: top([topRow()]), tap: tap([]) });
    const rows = await screen.findByRole('table', { name: 'Live requests' });
    await fireEvent.click(within(rows).getByRole('link', { name: /web.*reviews/ }));
    await screen.findByRole('heading', { name: 'Tap' });
    expect(subscribed().find(({ topic }) => topic === 'tap')?.params).toEqual({
      namespace: 'shop',
      kind: 'deployment',
      name: 'web',
      method: 'GET',
      path: '/reviews/',
    });
    push('tap', STREAM);
    expect(await lines()).toHaveLength(2);
    await fireEvent.click(screen.getByRole('link', { name: 'Close tap' }));
    expect(screen.queryByRole('heading', { name: 'Tap' })).toBeNull();
  });

  it('hands filters to the proxies, for rows and single requests alike, and names what is wrong', async () => {
    const { subscribed, location } = stage(ALONE, { workloads, tap: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: /^Filters/ }));
    await fireEvent.change(screen.getByRole('combobox', { name: 'Method' }), { target: { value: 'post' } });
    await fireEvent.change(screen.getByRole('textbox', { name: /^Limit/ }), { target: { value: '20' } });
    expect(location.place.ask).toBe('method:post,rps:20');
    expect(subscribed().find(({ topic }) => topic === 'tap')?.params).toMatchObject({
      method: 'POST',
      maxRps: 20,
    });
    expect(
      screen.getByText('linkerd viz tap deployment/web -n shop --method POST --max-rps 20'),
    ).toBeTruthy();
    await fireEvent.change(screen.getByRole('combobox', { name: 'To' }), { target: { value: 'Cart!' } });
    expect(screen.getByText(/namespace\/kind\/name such as/)).toBeTruthy();
  });

  it('shows what to apply where rights are missing', async () => {
    const refused = {
      state: 'failed',
      message: 'tap of shop: jane may not watch deployments/tap',
      remedy: 'let someone apply the manifest',
      manifest: 'kind: ClusterRole\n',
    } as const;
    stage(ALONE, { workloads, tap: tap([], refused) });
    expect(await screen.findByText(/jane may not watch/)).toBeTruthy();
    expect(screen.getByText(/kind: ClusterRole/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy manifest' })).toBeTruthy();
  });

  it('says what is sampled, lost and no longer held', async () => {
    const lost = [{ reason: 'unreadable event', count: 2 }];
    stage(ALONE, {
      workloads,
      tap: tap([first], { counters: { ...STREAM.counters, requests: 300, dropped: 299, lost } }),
    });
    await table();
    expect(screen.getByText(/of about/)).toBeTruthy();
    expect(screen.getByText('limit 100/s')).toBeTruthy();
    expect(screen.getByText(/lost: unreadable event/)).toBeTruthy();
    expect(screen.getByText(/299 older ones are not held/)).toBeTruthy();
  });
});
