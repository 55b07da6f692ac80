// Values against the contract's schemas, compiled once each. Knows schemas, not what any of them is about.

import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema';
import { BadParam } from './bad-param.ts';

/** The parts of a JSON schema that a sentence about it needs. */
interface SchemaWords {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaWords>>;
  readonly items?: SchemaWords;
  readonly anyOf?: readonly SchemaWords[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

const compiled = new WeakMap<object, Validator>();

function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema);
  if (!validator) {
    validator = Compile(schema);
    compiled.set(schema, validator);
  }
  return validator;
}

/** `value` as the schema's type, or a BadParam that names the first wrong field and what it may be. */
export function checkParams<S extends TSchema>(schema: S, value: unknown): Static<S> {
  const fault = findFault(schema, value);
  if (fault) throw fault;
  return value as Static<S>;
}

export function findFault(schema: TSchema, value: unknown): BadParam | null {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return null;
  const words = schema as SchemaWords;
  const properties = words.properties ?? {};
  const record = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  if (!record || Array.isArray(value)) return new BadParam('params', value, 'an object');

  const extra = Object.keys(record).find((name) => !Object.hasOwn(properties, name));
  for (const error of validator.Errors(value)[1]) {
    if (error.keyword === 'required') {
      const missing = error.params.requiredProperties.find((name) => record[name] === undefined) ?? '';
      return new BadParam(missing, undefined, allowedBy(properties[missing]));
    }
    const field = error.instancePath.split('/')[1];
    if (field && Object.hasOwn(properties, field))
      return new BadParam(field, record[field], allowedBy(properties[field]));
    if (extra !== undefined)
      return new BadParam(extra, record[extra], `only the parameters ${Object.keys(properties).join(', ')}`);
  }
  return new BadParam('params', value, allowedBy(words));
}

/** Why `value` breaks its schema, for the log; null when it does not. */
export function findBreach(schema: TSchema, value: unknown): string | null {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return null;
  const [first] = validator.Errors(value)[1];
  return `${first?.instancePath || '/'} ${first?.message ?? 'does not fit'}`;
}

function allowedBy(schema: SchemaWords | undefined): string {
  if (!schema) return 'something else';
  if (schema.description) return schema.description;
  if (schema.anyOf) return schema.anyOf.map(allowedBy).join(', ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === 'array')
    return `a list of ${schema.maxItems === undefined ? '' : `at most ${schema.maxItems} of: `}${allowedBy(schema.items)}`;
  if (schema.type === 'number' || schema.type === 'integer')
    return `a number from ${schema.minimum ?? '-∞'} to ${schema.maximum ?? '∞'}`;
  if (schema.type === 'string' && schema.maxLength !== undefined)
    return `text of ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  return schema.type ?? 'something else';
}

export function fitsContract<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return validatorOf(schema).Check(value);
}
