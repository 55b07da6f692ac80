// The version of the package, told to what repeats it. npm runs it between raising the version and committing it.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const PLACES = {
  'deploy/helm/latchwork/Chart.yaml': [/^((?:appV|v)ersion: ).*$/gm, `$1${version}`],
  'deploy/docker/Dockerfile': [/(image\.version=")[^"]*/, `$1${version}`],
};

for (const [file, [pattern, replacement]] of Object.entries(PLACES)) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(pattern, replacement));
}
execFileSync('git', ['add', ...Object.keys(PLACES)]);
