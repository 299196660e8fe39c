import type { ApiDescription, Schema } from './openapi.js';

/** Where an answer is not as its schema describes it; a member that is not described is a fault too. */
export function answerFaults(api: ApiDescription, schema: Schema, value: unknown, path = '$'): string[] {
  const { type, nullable, oneOf, allOf, ...rest } = api.resolved(schema);
  if (value === null) return nullable || schema.nullable ? [] : [`${path} is null`];
  const one = allOf?.[0];
  if (one) return answerFaults(api, one, value, path);
  if (oneOf) {
    const faults = oneOf.map((each) => answerFaults(api, each, value, path));
    return faults.some((none) => none.length === 0) ? [] : faults.flat();
  }
  if (!isOf(type, value)) return [`${path} is no ${type}: ${JSON.stringify(value)}`];
  if (rest.enum && !rest.enum.includes(value))
    return [`${path} is none of ${rest.enum.join()}: ${JSON.stringify(value)}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => answerFaults(api, rest.items ?? {}, item, `${path}[${index}]`));
  }
  return type === 'object' ? objectFaults(api, rest, value as Record<string, unknown>, path) : [];
}

function objectFaults(
  api: ApiDescription,
  { properties = {}, required = [], additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${path}.${name} is missing`);
  const faults = Object.entries(value).flatMap(([name, member]) => {
    const known = properties[name];
    const schema = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    return schema
      ? answerFaults(api, schema, member, `${path}.${name}`)
      : [`${path}.${name} is not described`];
  });
  return [...missing, ...faults];
}

function isOf(type: string | undefined, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array' || type === 'object')
    return Array.isArray(value) === (type === 'array') && typeof value === 'object';
  return typeof value === type;
}
