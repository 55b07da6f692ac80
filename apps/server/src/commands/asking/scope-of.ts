// The flags that say what of the mesh → the parameters of a question.

import type { ScopeParams } from '@latchwork/shared/live/live';
import type { SettingsOf } from '../../flags/flag.ts';
import type { ASKING_FLAGS, SCOPE_FLAGS } from './asking-flags.ts';

type ScopeSettings = SettingsOf<typeof SCOPE_FLAGS> & Pick<SettingsOf<typeof ASKING_FLAGS>, 'atSeconds'>;

export function scopeOf({ namespaces, window, noise, cluster, atSeconds }: ScopeSettings): ScopeParams {
  return {
    ...(namespaces.length > 0 ? { namespace: [...namespaces] } : {}),
    window,
    ...(noise ? { noise: 'show' } : {}),
    ...(cluster === null ? {} : { cluster }),
    ...(atSeconds === null ? {} : { at: String(atSeconds) }),
  };
}
