// Builds dist/ in passes: `nest build` puts src/ at the root of dist/ (dist/main.js), swc puts the
// migrations beside it (one pass over both would move main.js to dist/src), Vite the pages into dist/public:
// first `passkeys.js`, which empties the folder, then `app.js`, which has its address; and the administration
// into dist/cockpit.
import { execFileSync } from 'node:child_process';

const run = (command, ...args) =>
  execFileSync(`node_modules/.bin/${command}`, args, { stdio: ['ignore', 'ignore', 'inherit'] });

run('nest', 'build');
run('swc', 'migrations', '-d', 'dist', '--config-file', '.swcrc');
run('vite', 'build', '--config', 'web/vite.passkeys.config.mjs');
run('vite', 'build', '--config', 'web/vite.config.mjs');
run('vite', 'build', '--config', 'web/cockpit/vite.config.mjs');
