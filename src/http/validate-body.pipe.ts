import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { inspectBody } from './body-inspection.js';
import { faultsOf } from './body-faults.js';
import { InvalidBody } from './http.errors.js';

const NATIVE: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, Date, Buffer]);
const MOST_FAULTS = 100;

/**
 * Turns what a handler takes by a DTO class (body, query, parameters) into a validated instance of it.
 * Unknown fields are dropped and nothing is converted that the DTO does not convert itself; an argument
 * of a native type passes as it is. A body that was not sent counts as `{}`.
 *
 * DTO authors: a nested DTO needs `@IsDefined()` and `@IsObject()` beside `@ValidateNested()`, which
 * also takes a list; `@Type(() => Boolean)` makes the text "false" true.
 */
@Injectable()
export class ValidateBodyPipe implements PipeTransform {
  /** @throws InvalidBody; MalformedBody when the body nests too deep or holds forbidden members. */
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    // Not async: what needs no validation should not cost the hot path a turn.
    if (type === 'custom' || metatype === undefined || NATIVE.has(metatype)) return value;
    return validateBody(value, metatype as Type<object>);
  }
}

/**
 * The same of a body that a handler has read itself.
 * @throws InvalidBody, MalformedBody
 */
export async function validateBody<T extends object>(body: unknown, dto: Type<T>): Promise<T> {
  const value = body === undefined ? {} : body;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidBody([{ path: '', rule: 'isObject', params: {} }]);
  }
  inspectBody(value);
  const instance = plainToInstance(dto, value, { enableImplicitConversion: false });
  const errors = await validate(instance, { whitelist: true, validationError: { value: false } });
  if (errors.length > 0) throw new InvalidBody(faultsOf(errors).slice(0, MOST_FAULTS));
  return instance;
}
