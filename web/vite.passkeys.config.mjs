import { defineConfig } from 'vite';

export const BUILD = {
  outDir: '../dist/public',
  target: 'es2022',
  modulePreload: false,
  reportCompressedSize: false,
};

// What passkeys need, a module of its own: it is big and rare, and loaded when one is asked for.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  clearScreen: false,
  logLevel: 'warn',
  build: {
    ...BUILD,
    emptyOutDir: true,
    rollupOptions: {
      input: 'src/passkeys/ceremonies.ts',
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: 'passkeys.js' },
    },
  },
});
