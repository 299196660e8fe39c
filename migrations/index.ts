export const migrations: (new () => import('typeorm').MigrationInterface)[] = [];
