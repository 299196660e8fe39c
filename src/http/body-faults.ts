import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { BodyFault } from './http.errors.js';

type Param = string | number | boolean | readonly string[];

/**
 * The broken rules of a validated body in the order of the DTO's fields, within a field in the order
 * in which its decorators are written. The values that were sent are not among them.
 */
export function faultsOf(errors: readonly ValidationError[], parent = ''): BodyFault[] {
  return errors.flatMap((error) => {
    const path = [parent, error.property].filter(Boolean).join('.');
    const own = rulesOf(error).map((rule) => ({ path, rule: rule.name, params: rule.params }));
    return [...own, ...faultsOf(error.children ?? [], path)];
  });
}

function rulesOf(error: ValidationError): { name: string; params: Record<string, Param> }[] {
  const broken = new Set(Object.keys(error.constraints ?? {}));
  const declared = declaredRules(error).filter((rule) => broken.delete(rule.name));
  const others = [...broken].map((name) => ({ name, constraints: [] }));
  return [...declared, ...others].map(({ name, constraints }) => ({
    name,
    params: { ...positional(constraints), ...contextOf(error, name) },
  }));
}

function declaredRules(error: ValidationError): { name: string; constraints: readonly unknown[] }[] {
  const { target } = error;
  if (!target) return [];
  // Decorators run from the last to the first, so the storage has them the wrong way round.
  return getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', false, false)
    .filter((metadata) => metadata.propertyName === error.property)
    .map((metadata) => ({ name: metadata.name ?? metadata.type, constraints: metadata.constraints ?? [] }))
    .reverse();
}

function positional(constraints: readonly unknown[]): Record<string, Param> {
  return Object.fromEntries(
    constraints.flatMap((value, index): [string, Param][] => {
      const param = toParam(value);
      return param === null ? [] : [[`constraint${index + 1}`, param]];
    }),
  );
}

function contextOf(error: ValidationError, rule: string): Record<string, Param> {
  const context = (error.contexts?.[rule] ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(context).flatMap(([name, value]): [string, Param][] => {
      const param = toParam(value);
      return param === null ? [] : [[name, param]];
    }),
  );
}

function toParam(value: unknown): Param | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof RegExp) return value.source;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  return null;
}
