// The floors of the house (the map in README.md): an import only points down, never sideways on a floor.
const floors = [
  ['http', 'database', 'secrets', 'metrics', 'config', 'common'],
  ['audit', 'fence', 'figures', 'idempotency'],
  ['users', 'clients', 'one-time-tokens', 'password-policy', 'mail', 'media', 'declarations', 'roles'],
  ['notices'],
  ['grants', 'passwords', 'factors'],
  ['auth', 'api-keys'],
  ['accounts'],
  ['collaborators', 'profiles', 'social'],
  ['privacy', 'janitor'],
  ['surfaces', 'web', 'manifests', 'imports'],
  ['cli', 'openapi'],
];
const rooms = (list) => `^src/(${list.join('|')})/`;

const upward = floors.slice(0, -1).map((floor, index) => ({
  name: `floor-${index}-imports-only-down`,
  severity: 'error',
  from: { path: rooms(floor) },
  to: { path: [rooms(floors.slice(index + 1).flat()), '^src/(main|app\\.module|bootstrap)\\.ts$'] },
}));

const sideways = floors.slice(1, -1).map((floor, index) => ({
  name: `floor-${index + 1}-no-sideways`,
  severity: 'error',
  from: { path: `^src/(${floor.join('|')})/` },
  to: { path: rooms(floor), pathNot: '^src/$1/' },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    ...sideways,
    {
      name: 'common-knows-nothing',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/(http|database|secrets|metrics|config)/' },
    },
    {
      name: 'config-knows-common',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/(http|database|secrets|metrics)/' },
    },
    {
      name: 'floor-0-knows-config-and-common',
      severity: 'error',
      from: { path: '^src/(http|database|secrets|metrics)/' },
      to: { path: '^src/(http|database|secrets|metrics)/', pathNot: '^src/$1/' },
    },
    {
      name: 'no-surface-to-surface',
      severity: 'error',
      from: { path: '^src/surfaces/([^/]+)/' },
      to: { path: '^src/surfaces/[^/]+/', pathNot: '^src/surfaces/$1/' },
    },
    {
      name: 'surfaces-without-storage',
      severity: 'error',
      from: { path: rooms(floors[9]) },
      to: { path: ['typeorm', '\\.(entity|repository)\\.ts$', '^src/database/'] },
    },
    {
      name: 'typeorm-only-in-repositories',
      severity: 'error',
      from: { path: '^src/', pathNot: '(\\.(entity|repository|module)\\.ts$|^src/database/)' },
      to: { path: 'node_modules/typeorm' },
    },
    {
      name: 'entities-stay-in-their-room',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '\\.entity\\.ts$', pathNot: '^src/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
