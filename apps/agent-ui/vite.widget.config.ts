import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const outDir = source('../../dist/widget');

/** What is served as it is written: the page for links, the console's look at unsaved settings, and what a page's scripts may call. */
const pages = [
  ['chat.html', 'widget.html'],
  ['preview.html', 'preview.html'],
  ['widget.d.ts', 'src/widget/page-api.ts'],
] as const;

/** The loader names the chat by its content, so a cached copy is never older than the loader; and brings the other files. */
function tieLoaderToChat(): Plugin {
  const id = 'virtual:chat-file';
  return {
    name: 'tie-loader-to-chat',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) {
        return null;
      }
      const chat = readdirSync(outDir).find((name) => name.startsWith('chat-') && name.endsWith('.js'));
      return `export const chatFile = 'widget/${chat ?? this.error('The chat is not built yet.')}';`;
    },
    generateBundle() {
      if (this.environment.name === 'loader') {
        for (const [fileName, from] of pages) {
          this.emitFile({ type: 'asset', fileName, source: readFileSync(source(from)) });
        }
      }
    },
  };
}

/**
 * The hub speaks WebSocket only, and the chat sends text. What socket.io brings for other ways and for binary data is left out, and what
 * Vite wraps around import() for styles that the widget has none of.
 */
function leanSocket(): Plugin {
  const lean: Record<string, string> = {
    'socket.io-client/build/esm/index.js': "export { Manager } from './manager.js';",
    'engine.io-client/build/esm/index.js':
      "export { Socket } from './socket.js'; export { installTimerFunctions } from './util.js'; export { nextTick } from './globals.node.js';",
    'engine.io-client/build/esm/transports/index.js':
      "import { WS } from './websocket.node.js'; export const transports = { websocket: WS };",
    'engine.io-client/build/esm/contrib/parseuri.js':
      'export const parse = (text) => { const { protocol, hostname, port } = new URL(text); ' +
      "return { protocol: protocol.slice(0, -1), host: hostname.replace(/^\\[|\\]$/g, ''), port }; };",
    'engine.io-parser/build/esm/encodePacket.browser.js':
      "import { PACKET_TYPES } from './commons.js'; export const encodePacketToBinary = undefined; " +
      "export const encodePacket = ({ type, data }, _binary, done) => done(PACKET_TYPES[type] + (data || ''));",
    'engine.io-parser/build/esm/decodePacket.browser.js':
      "import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js'; export const decodePacket = (text) => { " +
      'const type = PACKET_TYPES_REVERSE[String(text)[0]]; return type ? { type, data: text.slice(1) || undefined } : ERROR_PACKET; };',
    'socket.io-parser/build/esm/is-binary.js':
      'export const isBinary = () => false; export const hasBinary = () => false;',
    'socket.io-parser/build/esm/binary.js':
      'export const deconstructPacket = (packet) => ({ packet, buffers: [] }); export const reconstructPacket = (packet) => packet;',
    'vite/preload-helper.js': 'export const __vitePreload = (load) => load();',
  };
  return {
    name: 'lean-socket',
    enforce: 'pre',
    load: (id) => Object.entries(lean).find(([file]) => id.replaceAll('\\', '/').endsWith(file))?.[1] ?? null,
  };
}

/** The most that a file may weigh, in bytes after gzip: other people's pages carry it. `parts` is what few visitors ever load. */
const budgets: Record<string, number> = { widget: 2_000, chat: 30_000, parts: 8_000 };

/** A widget over its budget is not built. */
function keepToBudget(): Plugin {
  return {
    name: 'keep-to-budget',
    writeBundle(_options, files) {
      for (const file of Object.values(files)) {
        const bytes = file.type === 'chunk' ? gzipSync(file.code, { level: 9 }).length : 0;
        const budget = budgets[/^[a-z]+/.exec(file.fileName)?.[0] ?? ''] ?? Infinity;
        if (bytes > budget) {
          this.error(`${file.fileName} weighs ${String(bytes)} bytes; it may weigh ${String(budget)}.`);
        }
      }
    },
  };
}

const shared = { target: 'es2022', outDir, copyPublicDir: false } as const;

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [leanSocket(), tieLoaderToChat(), keepToBudget()],
  oxc: { jsx: { importSource: 'preact' } },
  environments: {
    client: {
      build: {
        ...shared,
        emptyOutDir: true,
        modulePreload: false,
        rolldownOptions: {
          input: source('src/widget/chat.tsx'),
          // What is loaded later takes what it shares with the chat from the chat itself, so both go by the same name.
          preserveEntrySignatures: 'allow-extension',
          output: { entryFileNames: 'chat-[hash].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preview: {
      consumer: 'client',
      build: {
        ...shared,
        emptyOutDir: false,
        modulePreload: false,
        rolldownOptions: {
          input: source('src/widget/preview.ts'),
          output: { entryFileNames: 'preview.js', chunkFileNames: 'preview-[name].js' },
        },
      },
    },
    loader: {
      consumer: 'client',
      build: {
        ...shared,
        emptyOutDir: false,
        // A library build: the helper that Vite puts around import() elsewhere is half as large as the loader.
        lib: {
          entry: source('src/widget/loader.ts'),
          formats: ['iife'],
          name: 'peykLoader',
          fileName: () => 'widget.js',
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'preview', 'loader']) {
        const environment = builder.environments[name];
        if (environment) {
          await builder.build(environment);
        }
      }
    },
  },
});
