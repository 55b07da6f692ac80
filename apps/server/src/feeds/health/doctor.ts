// The doctor as a topic: asked once, or followed while somebody looks at an empty number.

import type { Doctor } from '@latchwork/shared/health/doctor';
import type { DoctorParams } from '@latchwork/shared/live/live';
import { toDoctor } from '../../mesh/health/doctor/doctor.ts';
import type { Answer } from '../answer.ts';
import { toSpan } from '../scope.ts';
import { followed } from './followed.ts';
import type { HealthLooks } from './health-looks.ts';

/** Who follows a remedy wants to see when it works. */
const EVERY_MS = 10_000;

export function createDoctorTopic(looks: HealthLooks): (params: DoctorParams) => Answer<Doctor> {
  return ({ workload = null, ...span }) => {
    const read = async () => toDoctor(await looks.look(span), workload);
    return {
      key: JSON.stringify([toSpan(span), workload]),
      read,
      start: followed(read, EVERY_MS),
    };
  };
}
