import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { mockApi } from './dev/mock-api.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `vite` alone serves made-up answers; `vite --mode server` talks to a running Tautband. */
export default defineConfig(({ command, mode }) => ({
  base: command === 'build' ? '/static/app/' : '/',
  plugins: command === 'serve' && mode === 'development' ? [mockApi()] : [],
  resolve: { alias: { '@texts': here('../src/tautband/clinic/texts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../src/tautband/clinic/static/app'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The 3D library comes in one piece of its own, on the pages where one draws.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: [
        'main.ts',
        'record.ts',
        'course.ts',
        'clinic.ts',
        'visit.ts',
        'assess.ts',
        'couch.ts',
        'handed.ts',
        'account.ts',
        'session.ts',
        'account.css',
        'base.css',
        'atlas.css',
        'evidence.css',
        'figures.css',
        'visit.css',
        'own.css',
      ].map((name) => here(`src/${name}`)),
    },
  },
  server: {
    fs: { allow: [here('..')] },
    ...(mode === 'server'
      ? { proxy: { '/api': 'http://127.0.0.1:8000', '/static': 'http://127.0.0.1:8000' } }
      : {}),
  },
  test: { include: ['tests/**/*.test.ts'] },
}));
