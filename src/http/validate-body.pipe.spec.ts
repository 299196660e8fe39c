import 'reflect-metadata';
import type { ArgumentMetadata } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { InvalidBody, MalformedBody } from './http.errors.js';
import { ValidateBodyPipe } from './validate-body.pipe.js';

class Item {
  @IsString()
  name!: string;
}

class Dto {
  @IsString()
  @Length(2, 5)
  @Matches(/^[a-z]+$/, { context: { hint: 'lower', secret: { a: 1 } } })
  zed!: string;

  @IsIn(['x', 'y'])
  a!: string;

  @IsOptional()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Item)
  items?: Item[];
}

const pipe = new ValidateBodyPipe();
const run = (value: unknown, metadata: Partial<ArgumentMetadata> = {}) =>
  pipe.transform(value, { type: 'body', metatype: Dto, ...metadata } as ArgumentMetadata);
const refusal = async (value: unknown) => Promise.resolve(run(value)).catch((error: unknown) => error);

describe('ValidateBodyPipe', () => {
  it('makes a DTO of what fits and drops the rest', async () => {
    const result = await run({ zed: 'abc', a: 'x', extra: 1, items: [{ name: 'n', more: 2 }] });
    expect(result).toBeInstanceOf(Dto);
    expect(result).toEqual({ zed: 'abc', a: 'x', items: [{ name: 'n' }] });
  });

  it('tells every broken rule in the order in which the DTO is written, without the values', async () => {
    const error = await refusal({ a: 'hunter2', items: [{ name: 'n' }, { name: 1 }, 7] });
    expect(error).toBeInstanceOf(InvalidBody);
    expect((error as InvalidBody).faults).toEqual([
      { path: 'zed', rule: 'isString', params: {} },
      { path: 'zed', rule: 'isLength', params: { constraint1: 2, constraint2: 5 } },
      { path: 'zed', rule: 'matches', params: { constraint1: '^[a-z]+$', hint: 'lower' } },
      { path: 'a', rule: 'isIn', params: { constraint1: ['x', 'y'] } },
      { path: 'items', rule: 'arrayMaxSize', params: { constraint1: 2 } },
      { path: 'items.1.name', rule: 'isString', params: {} },
      { path: 'items.2', rule: 'nestedValidation', params: {} },
    ]);
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it.each([[[]], [null], ['text'], [7], [true]])('refuses %j, which is no object', async (value) => {
    expect(await refusal(value)).toMatchObject({ faults: [{ path: '', rule: 'isObject', params: {} }] });
  });

  it('takes a body that was not sent as an empty one', async () => {
    expect(await refusal(undefined)).toMatchObject({ faults: [{ path: 'zed' }, {}, {}, { path: 'a' }] });
  });

  it('passes native types and other decorators’ values, at once', () => {
    for (const metatype of [String, Number, Boolean, Object, Array, undefined]) {
      expect(run('value', { metatype })).toBe('value');
    }
    expect(run('value', { type: 'custom' })).toBe('value');
  });

  it('survives nesting that would overflow the stack, and members that would build a class', async () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 200_000; depth += 1) deep = { a: deep };
    expect(await refusal({ zed: deep })).toBeInstanceOf(MalformedBody);
    expect(await refusal({ x: { constructor: 'y' } })).toBeInstanceOf(MalformedBody);
    expect(await refusal(JSON.parse('{"__proto__":{"a":"x"}}'))).toBeInstanceOf(MalformedBody);
  });
});
