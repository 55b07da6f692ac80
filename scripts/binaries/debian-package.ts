// Gets one Debian package's files into a folder of ours: downloads and unpacks, installs nothing, starts no service.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function hasCommand(name: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}

/** Unpacks `name` into `folder`, which then has the package's `usr/…`. Throws with what apt said when it cannot. */
export async function unpackDebianPackage(name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, '.unpack-'));
  try {
    // Package lists are root's; without them (a fresh image) the download knows no package.
    if (process.getuid?.() === 0) await run('apt-get', ['update', '-qq']).catch(() => undefined);
    await run('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', name], { cwd: work });
    const archive = (await readdir(work)).find((file) => file.endsWith('.deb'));
    if (!archive) throw new Error(`apt-get downloaded no package ${name}`);
    await run('dpkg-deb', ['-x', join(work, archive), join(work, 'root')]);
    // Whole or not at all: two processes may do this at once, and a half-unpacked folder must never be found.
    await rename(join(work, 'root', 'usr'), join(folder, 'usr')).catch(async (error) => {
      if (!(await readdir(join(folder, 'usr')).catch(() => null))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
