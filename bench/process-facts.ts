// What a process has used so far. Linux alone has these files.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS_A_SECOND = 100;

export async function processorSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** How long its first thread wanted a processor and got none, since it began. */
export async function starvedMs(pid: number): Promise<number> {
  const [, waited] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ');
  return Number(waited) / 1e6;
}

/** How long its first thread had a processor, since it began. */
export async function workedMs(pid: number): Promise<number> {
  const [worked] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ');
  return Number(worked) / 1e6;
}

export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1000;
}

/** The most that was resident, of each stretch of `everyMs`. */
export async function keepWeighing(pid: number, everyMs: number, signal: AbortSignal): Promise<number[]> {
  const peaks: number[] = [];
  while (!signal.aborted) {
    const untilMs = performance.now() + everyMs;
    let peak = 0;
    while (performance.now() < untilMs && !signal.aborted) {
      peak = Math.max(peak, await residentMb(pid).catch(() => 0));
      await sleep(250);
    }
    peaks.push(peak);
  }
  return peaks;
}
