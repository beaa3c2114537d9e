import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { serviceWorker } from './vite.worker.js';

const hub = 'http://127.0.0.1:3000';

/** Colours of the library that no screen names: their variables would be an eighth of all styles. */
const unusedColors = /--mantine-color-(?:cyan|grape|green|indigo|lime|orange|pink|violet|yellow)-[\w-]+:[^;]+;\s*/gu;

const dropUnusedColors: Plugin = {
  name: 'drop-unused-colors',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/default-css-variables.css') ? code.replace(unusedColors, '') : null),
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), dropUnusedColors, serviceWorker],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': hub, '/widget.js': hub, '/socket.io': { target: hub, ws: true } },
  },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/agent-ui', import.meta.url)),
    emptyOutDir: true,
    // The hub's content policy has no `data:` for fonts and scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A request for each little thing costs more than its bytes: what the page begins with is one file, and small things that several
          // later parts share join their neighbours.
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 1_000 },
          ],
        },
      },
    },
  },
});
