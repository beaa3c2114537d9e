import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { HubReply, HubRequest, HttpServer } from './exchange.js';
import { ownSockets } from './security-headers.js';

/** Where the build put the pages; null for what was not built. */
export interface BuiltPages {
  console: string | null;
  widget: string | null;
}

/** Everything of the hub that is not a page of the console. */
const reserved = /^\/(api|hooks|health|metrics|socket\.io|widget)(\/|\.|$)/;

const assets = /^\/assets\//;

/** Their names hold a hash of what is in them. */
const hashed = /^\/assets\/|^\/widget\/(chat|parts)-[\w-]{8,}\.js$/;

/** The chat page by link, `/chat/<channel>`; the page reads the channel from its own address. */
const chatOfChannel = /^\/chat\/([^/]+)$/;

/** Which sites may show a channel's chat page in a frame, as origins; none: every site. Null where there is no such chat. */
export type ListFramers = (channelId: string) => readonly string[] | null;

/** What a page of the widget may load. Who may frame it is the channel's own to say. */
const widgetPolicy = (publicUrl: string | null): string =>
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; media-src 'self' blob:; " +
  `connect-src ${["'self'", ...ownSockets(publicUrl)].join(' ')}; object-src 'none'; base-uri 'none'; form-action 'self'`;

/**
 * Serves the built console and the chat widget. Every path that is no file and belongs to nothing else is a page of the
 * console, which finds its way by itself. Hashed assets never change; everything else is asked for again each time.
 *
 * The files are listed once: what is not on the list is not there, so no path can lead out of a folder.
 */
export async function servePages(
  server: HttpServer,
  built: BuiltPages,
  listFramers: ListFramers,
  publicUrl: string | null = null,
): Promise<void> {
  const files = new Map([...listConsole(built.console), ...listWidget(built.widget)]);
  const folders = [built.console, built.widget].filter((folder) => folder !== null);
  if (folders.length > 0) {
    await server.register(fastifyStatic, { root: folders, serve: false, cacheControl: false, setHeaders: nameTypes });
  }
  server.get('/*', { config: { access: 'public' } }, (request: HubRequest, reply: HubReply) => {
    const asked = request.url.split('?')[0] ?? '/';
    const path = asked.replace(chatOfChannel, '/chat');
    const isPage = !reserved.test(path) && !assets.test(path);
    const file = files.get(path) ?? (isPage ? files.get('/index.html') : undefined);
    if (file?.isWidget) {
      openToSites(reply, widgetPolicy(publicUrl) + framedBy(chatOfChannel.exec(asked)?.[1], listFramers));
    }
    return file ? send(reply, path, file) : reply.callNotFound();
  });
}

/** Nobody but the hub frames a page of the widget that is no channel's. */
function framedBy(channelId: string | undefined, listFramers: ListFramers): string {
  const framers = channelId === undefined ? null : listFramers(channelId);
  return framers?.length === 0 ? '' : `; frame-ancestors ${["'self'", ...(framers ?? [])].join(' ')}`;
}

/** A page of another site loads the chat with import(), which asks for leave. */
function openToSites(reply: HubReply, policy: string): void {
  void reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('content-security-policy', policy);
  reply.raw.removeHeader('x-frame-options');
}

/** By its ending alone a file of types would be a film. */
function nameTypes(reply: Parameters<NonNullable<FastifyStaticOptions['setHeaders']>>[0], path: string): void {
  if (path.endsWith('.d.ts')) {
    void reply.header('content-type', 'text/plain; charset=utf-8');
  }
}

interface PageFile {
  folder: string;
  name: string;
  isWidget: boolean;
}

function send(reply: HubReply, path: string, file: PageFile): HubReply {
  const caching = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', caching).sendFile(file.name, file.folder);
}

/** Every file by the path it is asked for by. */
function listConsole(folder: string | null): [path: string, PageFile][] {
  return folder === null ? [] : listNames(folder).map((name) => [`/${name}`, { folder, name, isWidget: false }]);
}

/**
 * `/widget.js` is the one address that customers paste into their sites, `/widget.d.ts` says what their scripts may call, and
 * `/chat/<channel>` is the page for links and frames.
 */
function listWidget(folder: string | null): [path: string, PageFile][] {
  if (folder === null) {
    return [];
  }
  const shown: Record<string, string> = {
    'widget.js': '/widget.js',
    'widget.d.ts': '/widget.d.ts',
    'chat.html': '/chat',
  };
  return listNames(folder).map((name) => [shown[name] ?? `/widget/${name}`, { folder, name, isWidget: true }]);
}

function listNames(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
