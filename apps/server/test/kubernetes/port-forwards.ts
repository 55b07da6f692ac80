// The port-forward of a small API server for tests: who is let in, and bytes as a kubelet carries them.

import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Forward {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Null: nobody knows who asks. */
  readonly user: string | null;
}

export function createPortForwards(isAllowed: () => boolean) {
  const forwards = new Set<WebSocket>();
  const pods = new Map<string, number>();
  const upgrades = new WebSocketServer({ noServer: true, handleProtocols: () => 'v4.channel.k8s.io' });

  function upgrade(one: Forward, request: IncomingMessage, socket: Socket, head: Buffer): void {
    const [, name = ''] =
      /^\/api\/v1\/namespaces\/(.+)\/portforward$/.exec(one.path.replace('/pods/', '/')) ?? [];
    const refusal = refusalOf(one, name);
    if (refusal !== null) {
      const body = JSON.stringify({ kind: 'Status', message: refusal.message });
      socket.end(
        `HTTP/1.1 ${refusal.status}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );
      return;
    }
    // In one packet: what comes first may travel with the answer to the upgrade.
    socket.cork();
    upgrades.handleUpgrade(request, socket, head, (remote) =>
      forward(remote, pods.get(name) ?? 0, Number(one.query.get('ports'))),
    );
    socket.uncork();
  }

  function refusalOf({ user }: Forward, name: string): { status: string; message: string } | null {
    if (user === null) return { status: '401 Unauthorized', message: 'Unauthorized' };
    if (!isAllowed())
      return {
        status: '403 Forbidden',
        message: 'pods "x" is forbidden: cannot get resource "pods/portforward"',
      };
    return pods.has(name) ? null : { status: '404 Not Found', message: `pods "${name}" not found` };
  }

  /** As a kubelet does it: the port on both channels first, then bytes. */
  function forward(remote: WebSocket, localPort: number, askedPort: number): void {
    forwards.add(remote);
    const port = Buffer.alloc(2);
    port.writeUInt16LE(askedPort);
    remote.send(Buffer.concat([Buffer.of(0), port]));
    remote.send(Buffer.concat([Buffer.of(1), port]));
    const app = connect(localPort, '127.0.0.1');
    app.on('data', (piece) => remote.send(Buffer.concat([Buffer.of(0), piece])));
    app.on('error', (error) =>
      remote.send(Buffer.concat([Buffer.of(1), Buffer.from(`error forwarding port: ${error.message}`)])),
    );
    app.on('close', () => remote.close());
    remote.on('message', (message: Buffer) => app.write(message.subarray(1)));
    remote.on('close', () => {
      forwards.delete(remote);
      app.destroy();
    });
  }

  return {
    upgrade,
    /** `NAMESPACE/POD` → the local port that stands for the one in the pod. */
    pods,
    count: () => forwards.size,
    cut: () => [...forwards].forEach((remote) => void remote.terminate()),
  };
}
