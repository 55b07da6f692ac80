// "no data" as a type: null says that nothing was measured, 0 is a measurement.

import { type Static, type TSchema, Type } from 'typebox';

export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

export type Nullable<T extends TSchema> = Static<T> | null;
