// Why a number is empty: the known causes, in the order in which each makes the next one moot. Pure.

import type { Doctor, DoctorStep } from '@latchwork/shared/health/doctor';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../../findings/finding.ts';
import type { HealthView } from '../health-view.ts';
import { partsOf } from '../view-parts.ts';
import { type Diagnosis, type DoctorRule, unclear } from './diagnosis.ts';
import { STORE_STEPS } from './doctor-store.ts';
import { WORKLOAD_STEPS } from './doctor-workload.ts';

export function toDoctor(view: HealthView, workload: string | null): Doctor {
  const rules = workload === null ? STORE_STEPS : [...STORE_STEPS, ...WORKLOAD_STEPS];
  const steps: DoctorStep[] = [];
  let cause: Finding | null = null;
  let words: string | null = null;
  for (const { id, title, ask } of rules) {
    const diagnosis = cause === null ? asked(ask, view, workload) : 'skipped';
    if (diagnosis === null) continue;
    if (diagnosis === 'skipped') {
      steps.push({ id, title, state: 'skipped', evidence: null, finding: null });
      continue;
    }
    const { state, evidence } = diagnosis;
    const finding = findingOf(diagnosis, workload);
    if (state === 'failed') {
      cause = finding;
      words = diagnosis.words;
    }
    steps.push({ id, title: state === 'failed' ? diagnosis.title : title, state, evidence, finding });
  }
  const { nowMs, mesh } = view;
  return {
    at: new Date(nowMs).toISOString(),
    windowSeconds: mesh.state === 'known' ? mesh.value.windowSeconds : null,
    ...{ workload, steps, cause, words },
    parts: partsOf(view),
  };
}

function asked(ask: DoctorRule['ask'], view: HealthView, workload: string | null): Diagnosis | null {
  try {
    return ask(view, workload);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return unclear({
      why: `this step came upon something that it does not know: ${said}`,
      remedy: 'Report it with the versions of Linkerd and Kubernetes.',
      right: null,
    });
  }
}

function findingOf(diagnosis: Diagnosis, workload: string | null): Finding | null {
  const where = workload ?? 'mesh';
  switch (diagnosis.state) {
    case 'ok':
      return null;
    case 'unknown':
      return toFinding({
        ...{ code: 'doctor:unknown', where, what: 'It cannot be told.' },
        evidence: diagnosis.evidence,
        remedy: diagnosis.remedy,
        missingRight: diagnosis.right,
      });
    case 'failed': {
      const { code, title, evidence, remedy, command = null, causes } = diagnosis;
      return toFinding({
        ...{ code: `doctor:${code}`, severity: 'warn', where, what: title, evidence, remedy, command },
        ...(causes ? { causes: [...causes] } : {}),
      });
    }
  }
}
