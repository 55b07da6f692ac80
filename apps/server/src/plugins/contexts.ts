// Makes `app.contexts` available: the contexts that a reader may choose from; null where they may not.

import fp from 'fastify-plugin';

export interface Contexts {
  readonly current: string;
  readonly names: readonly string[];
  /** Resolves once it is known how to reach it; the change itself follows. Throws a SourceError where that cannot be told. */
  choose(context: string): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    contexts: Contexts | null;
  }
}

export const contextsPlugin = fp<{ contexts: Contexts | null }>(
  async (app, { contexts }) => {
    app.decorate('contexts', contexts);
  },
  { name: 'contexts' },
);
