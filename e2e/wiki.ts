// A wiki of another origin: a second real server with one page, whose body the story writes.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Wiki {
  /** Another site than the server's 127.0.0.1, as browsers see it. */
  readonly origin: string;
  /** What its only page holds. */
  write(body: string): void;
  close(): Promise<void>;
}

const STYLE = `
body { margin: 0; background: #ebedf1; font: 17px/1.5 -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; color: #2b303b; }
main { max-width: 900px; min-height: 100vh; margin: 0 auto; padding: 40px 60px; background: #fff; box-sizing: border-box; }
h1 { font-size: 28px; margin: 0 0 12px; color: #14171f; }
iframe { display: block; width: 100%; border: 1px solid #cfd4dd; border-radius: 12px; box-sizing: border-box; margin: 12px 0; }
img { vertical-align: middle; }
`;

export async function startWiki(): Promise<Wiki> {
  let page = '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Team wiki</title><style>${STYLE}</style></head><body><main>${page}</main></body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    write(body) {
      page = body;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
