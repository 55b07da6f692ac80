// Makes `app.record` available: who did what, one structured line each, whatever the level of the rest of the log.

import fp from 'fastify-plugin';

export const RECORDED_EVENTS = [
  'login',
  'login-refused',
  'logout',
  'access-refused',
  'tap-started',
  'tap-ended',
  'link-signed',
  'link-ended',
  'export',
] as const;
export type RecordedEvent = (typeof RECORDED_EVENTS)[number];

export interface Record {
  /** `who` as viewers are called; null: nobody that is known. `more` holds no secret. */
  note(event: RecordedEvent, who: string | null, more?: Readonly<{ [name: string]: unknown }>): void;
}

declare module 'fastify' {
  interface FastifyInstance {
    record: Record;
  }
}

export interface RecordOptions {
  readonly isSilent: boolean;
}

export const recordPlugin = fp<RecordOptions>(
  async (app, { isSilent }) => {
    const log = app.log.child({ record: true }, { level: isSilent ? 'silent' : 'info' });
    app.decorate('record', {
      note: (event, who, more = {}) => log.info({ event, who, ...more }, 'record'),
    } satisfies Record);
  },
  { name: 'record' },
);
