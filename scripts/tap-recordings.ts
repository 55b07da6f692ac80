// The recorded tap streams, frame by frame with the moment each arrived and the pod whose proxy sent it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeFrame } from '../apps/server/src/sources/tap/decode.ts';
import { createFrameReader } from '../apps/server/src/sources/tap/frame.ts';

export interface RecordedFrame {
  /** Since the beginning of the stream. */
  readonly ms: number;
  /** With its length in front. */
  readonly bytes: Buffer;
  /** Labels of the pod whose proxy saw it. */
  readonly tapped: Readonly<Record<string, string>>;
}

export interface TapRecording {
  readonly namespace: string;
  /** Null: the whole namespace. */
  readonly kind: string | null;
  readonly name: string | null;
  /** Read when first asked for. */
  frames(): readonly RecordedFrame[];
}

interface Piece {
  readonly ms: number;
  readonly offset: number;
  readonly bytes: number;
}

const FOLDER = join(import.meta.dirname, '..', 'recordings', 'tap');
const FILE = /^([^_]+)_(?:namespace|([a-z]+)_(.+))-\d{4}-\d\d-\d\dT[\d-]+Z\.bin\.gz$/;

/** In order of their names, so the earlier recording of a target comes first. */
export function readTapRecordings(): TapRecording[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const [, namespace, kind = null, name = null] = FILE.exec(file) ?? [];
      if (!namespace) return [];
      let frames: readonly RecordedFrame[] | null = null;
      return [
        {
          namespace,
          kind,
          name,
          frames() {
            frames ??= readFrames(join(FOLDER, file));
            return frames;
          },
        },
      ];
    });
}

function readFrames(path: string): RecordedFrame[] {
  const stream = gunzipSync(readFileSync(path));
  const pieces = gunzipSync(readFileSync(path.replace(/\.bin\.gz$/, '.pieces.jsonl.gz')))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Piece);
  const reader = createFrameReader();
  // A frame arrives with the piece that completes it.
  return pieces.flatMap(({ ms, offset, bytes }) =>
    reader.push(stream.subarray(offset, offset + bytes)).map((frame) => {
      const decoded = decodeFrame(frame);
      const part = decoded.kind === 'part' ? decoded.part : null;
      const peer = part?.direction === 'outbound' ? part.source : part?.destination;
      const head = Buffer.alloc(4);
      head.writeUInt32LE(frame.length);
      return { ms, bytes: Buffer.concat([head, frame]), tapped: peer?.labels ?? {} };
    }),
  );
}
