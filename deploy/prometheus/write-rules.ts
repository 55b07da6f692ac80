// `node deploy/prometheus/write-rules.ts`: writes the recording rules, as a plain file and for the chart.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toRuleGroups } from '../../apps/server/src/feeds/collector/questions/recording-rules.ts';
import { rulesFile } from './rules-file.ts';

const NAME = 'latchwork-rules.yaml';
const text = rulesFile(toRuleGroups());
for (const folder of [import.meta.dirname, join(import.meta.dirname, '..', 'helm', 'latchwork', 'files')])
  await writeFile(join(folder, NAME), text);
