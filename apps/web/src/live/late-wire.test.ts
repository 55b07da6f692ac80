import { expect, it, vi } from 'vitest';
import { lateWire } from './late-wire.ts';
import type { Wire } from './socket.ts';

function madeWire() {
  const made: Wire = { send: vi.fn(), close: vi.fn(), onopen: null, onmessage: null, onclose: null };
  return made;
}

it('sends what came before it was there, and hears what it says', async () => {
  const made = madeWire();
  const wire = lateWire(async () => made);
  const heard = vi.fn();
  wire.onmessage = heard;
  wire.send('early');
  await vi.waitFor(() => expect(made.send).toHaveBeenCalledWith('early'));
  wire.send('late');
  expect(made.send).toHaveBeenLastCalledWith('late');
  made.onmessage?.({ data: 'hello' });
  expect(heard).toHaveBeenCalledWith({ data: 'hello' });
});

it('is closed where it cannot be loaded, and closes what comes after it was', async () => {
  const lost = lateWire(() => Promise.reject(new Error('gone')));
  lost.onclose = vi.fn();
  await vi.waitFor(() => expect(lost.onclose).toHaveBeenCalled());
  const made = madeWire();
  lateWire(async () => made).close();
  await vi.waitFor(() => expect(made.close).toHaveBeenCalled());
});
