import { defineConfig } from 'vite';

// One classic script: it runs where the page names it, before anything else can look at the address bar.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  clearScreen: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/public',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: 'src/main.tsx',
      output: { format: 'iife', entryFileNames: 'app.js' },
    },
  },
});
