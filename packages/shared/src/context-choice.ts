// Another context of the kubeconfig, for a server that somebody runs for themselves.

import { type Static, Type } from 'typebox';

export const ContextChoice = Type.Object(
  { context: Type.String({ minLength: 1, maxLength: 300 }) },
  { additionalProperties: false },
);
export type ContextChoice = Static<typeof ContextChoice>;

/** The server looks at this one from now on; open pages come back to it by themselves. */
export const ContextChosen = Type.Object({ context: Type.String() });
export type ContextChosen = Static<typeof ContextChosen>;
