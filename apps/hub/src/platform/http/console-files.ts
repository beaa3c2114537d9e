import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { HubReply, HubRequest, HttpServer } from './exchange.js';

/** Where the build put the pages; null for what was not built. */
export interface BuiltPages {
  console: string | null;
  widget: string | null;
}

/** Everything of the hub that is not a page of the console. */
const reserved = /^\/(api|hooks|health|metrics|socket\.io|widget)(\/|\.|$)/;

/** Their names hold a hash of what is in them. */
const assets = /^\/assets\//;

/** The chat page by link, `/chat/<channel>`; the page reads the channel from its own address. */
const chatOfChannel = /^\/chat\/[^/]+$/;

/** The chat page is framed by the sites that use it; who may talk through it is decided by the channel's own list. */
const widgetPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; media-src 'self' blob:; " +
  "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'";

/**
 * Serves the built console and the chat widget. Every path that is no file and belongs to nothing else is a page of the
 * console, which finds its way by itself. Hashed assets never change; everything else is asked for again each time.
 *
 * The files are listed once: what is not on the list is not there, so no path can lead out of a folder.
 */
export async function servePages(server: HttpServer, built: BuiltPages): Promise<void> {
  const files = new Map([...listConsole(built.console), ...listWidget(built.widget)]);
  const folders = [built.console, built.widget].filter((folder) => folder !== null);
  if (folders.length > 0) {
    await server.register(fastifyStatic, { root: folders, serve: false, cacheControl: false });
  }
  server.get('/*', { config: { access: 'public' } }, (request: HubRequest, reply: HubReply) => {
    const path = (request.url.split('?')[0] ?? '/').replace(chatOfChannel, '/chat');
    const isPage = !reserved.test(path) && !assets.test(path);
    const file = files.get(path) ?? (isPage ? files.get('/index.html') : undefined);
    return file ? send(reply, path, file) : reply.callNotFound();
  });
}

interface PageFile {
  folder: string;
  name: string;
  isWidget: boolean;
}

function send(reply: HubReply, path: string, file: PageFile): HubReply {
  if (file.isWidget) {
    // A page of another site loads the chat with import(), which asks for leave.
    void reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-security-policy', widgetPolicy);
    reply.raw.removeHeader('x-frame-options');
  }
  const caching = assets.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', caching).sendFile(file.name, file.folder);
}

/** Every file by the path it is asked for by. */
function listConsole(folder: string | null): [path: string, PageFile][] {
  return folder === null ? [] : listNames(folder).map((name) => [`/${name}`, { folder, name, isWidget: false }]);
}

/** `/widget.js` is the one address that customers paste into their sites; `/chat/<channel>` is the page for links and frames. */
function listWidget(folder: string | null): [path: string, PageFile][] {
  if (folder === null) {
    return [];
  }
  const shown: Record<string, string> = { 'widget.js': '/widget.js', 'chat.html': '/chat' };
  return listNames(folder).map((name) => [shown[name] ?? `/widget/${name}`, { folder, name, isWidget: true }]);
}

function listNames(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
