import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // amazon-cognito-identity-js expects Node's name for the global object.
  define: { global: 'globalThis' },
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
    rolldownOptions: {
      // @trussworks/react-uswds is one module that does not say so itself.
      treeshake: {
        moduleSideEffects: [
          { test: /@trussworks\/react-uswds\/lib\/index\.js$/, sideEffects: false },
        ],
      },
      checks: { moduleLevelDirective: false },
    },
  },
});
