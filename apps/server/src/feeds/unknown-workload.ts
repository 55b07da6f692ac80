// A workload that nothing was measured of. Not a mistake of the asker's spelling: it may appear with its next request.

export class UnknownWorkload extends Error {
  override readonly name = 'UnknownWorkload';

  constructor(id: string) {
    super(`unknown workload: ${id} has no series in this window; it appears with its first traffic`);
  }
}
