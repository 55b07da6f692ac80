// What somebody who is known may not do: which right is missing, and nothing about the mesh.

import type { Role } from './viewer.ts';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

const WORDS: Readonly<Record<Role, string>> = {
  viewer: 'see this',
  tapper: 'watch single requests',
  signer: 'sign links',
};

export function needsRole(role: Role): Refusal {
  return new Refusal(
    `you may not ${WORDS[role]} here`,
    `ask whoever runs this server for a token, or a group, of the role ${role}`,
  );
}

export function outsideNamespaces(): Refusal {
  return new Refusal(
    'you may not see this namespace here',
    'ask whoever runs the cluster for the right to list pods in it',
  );
}

export function noNamespace(): Refusal {
  return new Refusal(
    'you may see no namespace here',
    'ask whoever runs the cluster for the right to list pods in one',
  );
}

export function mayNotTap(): Refusal {
  return new Refusal(
    'the cluster does not let you tap this',
    'ask whoever runs it for the right to watch tap.linkerd.io there',
  );
}

/** `right`: in words, such as `list events in namespace shop`. */
export function mayNotRead(right: string): Refusal {
  return new Refusal(`the cluster does not let you ${right}`, 'ask whoever runs it for that right');
}

/** The access ended while a socket was open. */
export function noLongerKnown(): Refusal {
  return new Refusal('your access has ended', 'log in again');
}
