// More was asked for than this server does at once: whoever asks may come again.

export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  readonly againSeconds: number;
  readonly remedy: string;

  constructor(againSeconds: number, what = 'too many different moments and windows are asked for at once') {
    super(what);
    this.againSeconds = againSeconds;
    this.remedy = `try again in ${againSeconds} s, or ask for what is shown already`;
  }
}
