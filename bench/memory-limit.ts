// What a container would get: a cgroup with a limit for a process, where this machine lets us make one.

import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PLACES = [
  { folder: '/sys/fs/cgroup', limit: 'memory.max' },
  { folder: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
] as const;

/** Undoes it; null where there is no cgroup to be had. */
export async function limitMemory(pid: number, bytes: number): Promise<(() => Promise<void>) | null> {
  for (const { folder, limit } of PLACES) {
    const own = join(folder, `latchwork-bench-${pid}`);
    try {
      await mkdir(own);
      await writeFile(join(own, limit), String(bytes));
      await writeFile(join(own, 'cgroup.procs'), String(pid));
      return () => rmdir(own).catch(() => undefined);
    } catch {
      await rmdir(own).catch(() => undefined);
    }
  }
  return null;
}
