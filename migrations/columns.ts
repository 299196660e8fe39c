import type { TableColumnOptions } from 'typeorm';

/** Columns that both databases know alike. */

/** A row's id: 36 characters, the primary key. */
export const id: TableColumnOptions = { name: 'id', type: 'varchar', length: '36', isPrimary: true };

/** Text of at most `length` characters. */
export const text = (name: string, length: number, isNullable = false): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
});

/** Milliseconds since 1970. */
export const instant = (name: string, isNullable = false): TableColumnOptions => ({
  name,
  type: 'bigint',
  isNullable,
});
