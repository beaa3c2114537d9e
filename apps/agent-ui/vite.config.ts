import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const hub = 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
        },
      },
    },
  },
});
