import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { usedCss } from './used-css.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // amazon-cognito-identity-js expects Node's name for the global object.
  define: { global: 'globalThis' },
  css: { postcss: { plugins: [usedCss(fileURLToPath(new URL('src', import.meta.url)))] } },
  // The package's sources, so that the portal needs no build of it.
  resolve: { conditions: ['portal-auth-source', 'module', 'browser', 'production'] },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy has no data: addresses.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    // The dictionaries of the password estimator, which pages that set a password load.
    chunkSizeWarningLimit: 1700,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
