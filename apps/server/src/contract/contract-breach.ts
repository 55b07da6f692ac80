// A value of our own that does not fit our own contract: a mistake of this program, never of its reader.

export class ContractBreach extends Error {
  override readonly name = 'ContractBreach';

  constructor(what: string, breach: string) {
    super(`the answer to ${what} does not fit the contract at ${breach}: please report this`);
  }
}
