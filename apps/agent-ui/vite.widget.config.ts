import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const outDir = source('../../dist/widget');

/** The loader asks for the chat by its content, so a cached copy is never older than the loader; and brings the page for links. */
function tieLoaderToChat(): Plugin {
  const id = 'virtual:chat-file';
  return {
    name: 'tie-loader-to-chat',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) {
        return null;
      }
      const content = createHash('sha256')
        .update(readFileSync(`${outDir}/chat.js`))
        .digest('hex');
      return `export const chatFile = 'widget/chat.js?v=${content.slice(0, 12)}';`;
    },
    generateBundle() {
      if (this.environment.name === 'loader') {
        this.emitFile({ type: 'asset', fileName: 'chat.html', source: readFileSync(source('widget.html')) });
      }
    },
  };
}

/** The most that a file may weigh, in bytes after gzip: other people's pages carry it. */
const budgets: Record<string, number> = { 'widget.js': 2_000, 'chat.js': 30_000 };

/** A widget over its budget is not built. */
function keepToBudget(): Plugin {
  return {
    name: 'keep-to-budget',
    writeBundle(_options, files) {
      for (const file of Object.values(files)) {
        const bytes = file.type === 'chunk' ? gzipSync(file.code, { level: 9 }).length : 0;
        if (bytes > (budgets[file.fileName] ?? Infinity)) {
          this.error(`${file.fileName} weighs ${String(bytes)} bytes; it may weigh ${String(budgets[file.fileName])}.`);
        }
      }
    },
  };
}

const shared = { target: 'es2022', outDir, copyPublicDir: false } as const;

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [tieLoaderToChat(), keepToBudget()],
  oxc: { jsx: { importSource: 'preact' } },
  environments: {
    client: {
      build: {
        ...shared,
        emptyOutDir: true,
        modulePreload: false,
        rolldownOptions: {
          input: source('src/widget/chat.tsx'),
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'chat.js' },
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
      for (const name of ['client', 'loader']) {
        const environment = builder.environments[name];
        if (environment) {
          await builder.build(environment);
        }
      }
    },
  },
});
