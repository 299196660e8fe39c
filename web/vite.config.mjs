import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { BUILD } from './vite.passkeys.config.mjs';

/** Named by its content, as `WebAssets.addressOf` names what the server's pages load. */
function addressOf(name) {
  const body = readFileSync(join(import.meta.dirname, '../dist/public', name));
  return `/assets/${name}?${createHash('sha256').update(body).digest('base64url').slice(0, 12)}`;
}

// One classic script: it runs where the page names it, before anything else can look at the address bar.
// It is built after `passkeys.js`, whose address it has.
export default defineConfig(() => ({
  root: import.meta.dirname,
  publicDir: false,
  clearScreen: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { PASSKEYS_ADDRESS: JSON.stringify(addressOf('passkeys.js')) },
  build: {
    ...BUILD,
    emptyOutDir: false,
    rollupOptions: {
      input: 'src/main.tsx',
      output: { format: 'iife', entryFileNames: 'app.js' },
    },
  },
}));
