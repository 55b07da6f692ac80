// Why an embedded picture is not shown: a reason that its reader can act upon, and nothing about the mesh.

import type { LinkFault } from './signed-link.ts';

export type EmbedFault = LinkFault | 'no-link' | 'scope' | 'view' | 'trouble';

const REFUSALS: Readonly<Record<EmbedFault, readonly [status: number, message: string, remedy: string]>> = {
  'no-link': [
    401,
    'this picture needs a signed link',
    'ask whoever put it here for a new one: the Share dialog of the Graph view makes it',
  ],
  malformed: [400, 'this link is not whole', 'copy it again: something cut or changed it on the way'],
  'unknown-key': [
    403,
    'this link was signed with a key that is no longer in use',
    'ask whoever put it here for a new one',
  ],
  'bad-signature': [
    403,
    'this link was changed after it was signed',
    'copy it again as it was made: its namespaces and its end cannot be edited',
  ],
  expired: [410, 'this link has expired', 'ask whoever put it here for a new one'],
  revoked: [410, 'this link was ended by whoever runs this server', 'ask whoever put it here for a new one'],
  scope: [
    403,
    'this link does not open what was asked for',
    'ask for what it was made for, or make another one in the Share dialog of the Graph view',
  ],
  trouble: [502, 'there is no picture right now', 'it comes back by itself'],
  view: [403, 'this link is for another kind of picture', 'make one for this kind in the Share dialog'],
};

export class EmbedRefusal extends Error {
  override readonly name = 'EmbedRefusal';
  readonly fault: EmbedFault;
  readonly status: number;
  readonly remedy: string;

  constructor(fault: EmbedFault) {
    const [status, message, remedy] = REFUSALS[fault];
    super(message);
    this.fault = fault;
    this.status = status;
    this.remedy = remedy;
  }
}
