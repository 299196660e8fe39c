import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A schema of the description of the API, for what no DTO class stands for: it describes and checks nothing. */
export type Schema = Exclude<Schemas[string], { $ref: string }>;

const typed =
  (type: string) =>
  (description: string, more: Schema = {}): Schema => ({ type, ...more, description });

export const text = typed('string');
export const flag = typed('boolean');
export const integer = typed('integer');

/** A time as ISO 8601 has it. */
export const instant = (description: string): Schema => text(description, { format: 'date-time' });

export const uuid = (description: string): Schema => text(description, { format: 'uuid' });

export const list = (items: Schema, description: string, more: Schema = {}): Schema => ({
  type: 'array',
  items,
  ...more,
  description,
});

/** An object of these members; `optional` ones may be left out. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  { optional = [], description = '' }: { optional?: readonly string[]; description?: string } = {},
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...(description === '' ? {} : { description }),
  };
}

/** A body none of whose members must be there. */
export const form = (properties: Readonly<Record<string, Schema>>, description = ''): Schema =>
  object(properties, { optional: Object.keys(properties), description });

export const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });

/** An answer that is a page. */
export const PAGE = { content: { 'text/html': { schema: text('A page') } } };

/** A header of an answer to a creation. */
export const LOCATION = { Location: { description: 'Its own path', schema: { type: 'string' } } } as const;

/** A header of an answer that a change may be tied to. */
export const ETAG = {
  ETag: {
    description: 'The tag of what is answered, for `If-Match` and `If-None-Match` (RFC 9110 8.8.3)',
    schema: { type: 'string' },
  },
} as const;
