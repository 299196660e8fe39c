/** The two databases that Gatehouse runs on. */
export type Dialect = 'sqlite' | 'postgres';

/** `sqlite:<path>` or `postgres://…`; the configuration has checked the shape. */
export function dialectOf(databaseUrl: string): Dialect {
  return databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres';
}
