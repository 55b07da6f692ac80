// The address of the server, opened several times over. The event loop takes one new connection from each listener in a turn:
// behind a single one, whoever opens many keeps everybody else waiting at the door, probes too.

import { once } from 'node:events';
import { createServer, isIP, type Server } from 'node:net';

export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface Doors {
  /** What the first listener has to be given, so that there can be more. Throws what a listener throws where the port is taken. */
  first(): Promise<{ readonly reusePort?: true }>;
  /** Once the first listens on `port`; what comes is handed to `server`. */
  open(server: Server, port: number): Promise<void>;
  /** Lets nobody in any more. */
  close(): void;
}

/** As many come in during a piece of work of some 100 ms, when many come. */
const MORE = 63;

export function createDoors({ host, port }: Address): Doors {
  const more: Server[] = [];
  // Elsewhere the system does not share connections out. A name may stand for several addresses.
  const isPossible = process.platform === 'linux' && isIP(host) !== 0;
  let isClosed = false;

  return {
    async first() {
      if (!isPossible) return {};
      // A port that may be shared would be shared with another server of the same user, too.
      if (port !== 0) await tryPort({ host, port });
      return { reusePort: true };
    },
    async open(server, actualPort) {
      if (!isPossible) return;
      for (let index = 0; index < MORE && !isClosed; index++) {
        // As an HTTP server makes its own.
        const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
          server.emit('connection', socket),
        );
        try {
          await listening(door, { host, port: actualPort, reusePort: true });
        } catch {
          return;
        }
        door.on('error', () => undefined);
        more.push(door);
      }
    },
    close() {
      isClosed = true;
      for (const door of more) door.close();
    },
  };
}

async function tryPort(address: Address): Promise<void> {
  const trial = createServer();
  await listening(trial, address);
  trial.close();
  await once(trial, 'close');
}

function listening(server: Server, options: Address & { readonly reusePort?: true }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
