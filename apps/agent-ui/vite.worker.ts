import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** Texts without which no page speaks. They come by import(), so they are no part of what the page imports. */
const words = /\/i18n\/(?:en|fa|problems\.fa)\.json$/u;
/** Letters of both languages; other subsets of the fonts are not needed for a first page. */
const fonts = /(?:inter-latin-wght|vazirmatn-arabic-wght)-normal-[\w-]+\.woff2$/u;
/** What the page asks for by a plain name before it shows. */
const beside = ['/before-paint.js', '/peyk.svg'];

/** Builds the console's worker, which is told what the console begins with: it keeps that for when the hub cannot be reached. */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    const page = bundle['index.html'];
    const html = page?.type === 'asset' ? page.source.toString() : '';
    const files = [...listFirst(bundle, html).map((name) => `/${name}`), ...beside];
    const version = createHash('sha256').update(files.join()).update(html).digest('hex').slice(0, 12);
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: await buildWorker({ version, files }) });
  },
};

/** What the page names, what that imports, and the words. */
function listFirst(bundle: Bundle, html: string): string[] {
  const named = [...html.matchAll(/"\/(assets\/[\w.-]+)"/gu)].map(([, name = '']) => name);
  const spoken = Object.values(bundle)
    .filter((one) => one.type === 'chunk' && one.moduleIds.some((id) => words.test(id)))
    .map(({ fileName }) => fileName);
  const names = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (chunk && !names.has(name)) {
      names.add(name);
      if (chunk.type === 'chunk') {
        [...chunk.imports, ...(chunk.viteMetadata?.importedCss ?? [])].forEach(add);
      }
    }
  };
  [...named, ...spoken, ...Object.keys(bundle).filter((name) => fonts.test(name))].forEach(add);
  return [...names];
}

/** On its own, so that it shares no file with the page: a worker is one script. */
async function buildWorker(shell: object): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { SHELL: JSON.stringify(shell) },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('src/service-worker/sw.ts', import.meta.url)),
        formats: ['iife'],
        name: 'worker',
        fileName: 'sw',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : null;
  if (!chunk) {
    throw new Error('The service worker was not built.');
  }
  return chunk.code;
}
