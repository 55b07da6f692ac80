// Frames out of a byte stream: a 4-byte little-endian length, then so many bytes. Knows nothing of what is in them.

/** An event is less than a kilobyte; with long headers perhaps a hundred. More than this is no tap stream. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 4;

export interface FrameReader {
  /** Complete frames, in order. They may share memory with `chunk`. Throws when a length cannot be one. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Bytes of a frame that has not ended: more than 0 at the end of a stream is a frame cut short. */
  pendingBytes(): number;
}

export function createFrameReader(maxFrameBytes: number = MAX_FRAME_BYTES): FrameReader {
  // Pieces are joined only when a frame is complete: many small chunks of one large frame stay cheap.
  let pieces: Uint8Array[] = [];
  let held = 0;
  let wanted = HEAD_BYTES;

  return {
    push(chunk) {
      const frames: Uint8Array[] = [];
      if (chunk.length === 0) return frames;
      pieces.push(chunk);
      held += chunk.length;
      if (held < wanted) return frames;

      let bytes = pieces.length === 1 ? chunk : Buffer.concat(pieces, held);
      while (bytes.length >= HEAD_BYTES) {
        const length = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES).getUint32(0, true);
        if (length > maxFrameBytes)
          throw new RangeError(`a frame of ${length} bytes, where at most ${maxFrameBytes} make sense`);
        if (bytes.length < HEAD_BYTES + length) break;
        frames.push(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
        bytes = bytes.subarray(HEAD_BYTES + length);
      }
      pieces = bytes.length > 0 ? [bytes] : [];
      held = bytes.length;
      wanted =
        held < HEAD_BYTES
          ? HEAD_BYTES
          : HEAD_BYTES + new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES).getUint32(0, true);
      return frames;
    },
    pendingBytes: () => held,
  };
}
