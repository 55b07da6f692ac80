// More was asked for than this server does at once: whoever asks may come again.

export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  readonly againSeconds: number;
  readonly remedy: string;

  constructor(againSeconds: number) {
    super('too many different moments and windows are asked for at once');
    this.againSeconds = againSeconds;
    this.remedy = `try again in ${againSeconds} s, or ask for a moment or window that is shown already`;
  }
}
