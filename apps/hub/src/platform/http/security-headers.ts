import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HubConfig } from '#config';
import type { HubRequest } from './exchange.js';

/** What the console may load: itself. Styles may be inline because React sets them so; scripts never are. */
const consolePolicy = (publicUrl: string | null) => ({
  defaultSrc: "'self'",
  scriptSrc: "'self'",
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'blob:', 'data:'],
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'", ...ownSockets(publicUrl)],
  objectSrc: "'none'",
  baseUri: "'none'",
  frameAncestors: "'none'",
  formAction: "'self'",
});

/** Sockets of the hub's own address: Safari before 15.4 does not count them to 'self'. */
export function ownSockets(publicUrl: string | null): string[] {
  return publicUrl === null ? [] : [publicUrl.replace(/^http/i, 'ws')];
}

/** Pages of any site may ask; the channel's own list of sites is checked where a visitor's session begins. */
const visitorsMay = {
  origin: '*',
  methods: ['GET', 'POST'],
  allowedHeaders: ['content-type', 'authorization', 'x-file-name'],
  maxAge: 600,
};

/**
 * Protects every answer and every unsafe call, refused and malformed requests included.
 *
 * A browser says where a call comes from (Sec-Fetch-Site, else Origin); only its own site may change anything. Programs carry
 * no cookie that a foreign page could ride on: their key is in a header that a browser never adds by itself. Webhooks prove
 * themselves by signature.
 */
export function protect(app: NestFastifyApplication, config: HubConfig): void {
  app.useSecurityHeaders({
    contentSecurityPolicy: { useDefaults: false, directives: consolePolicy(config.publicUrl) },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: config.publicUrl?.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
  });
  app.enableCors({
    delegator: (request: HubRequest, done) => done(null, isVisitors(request) ? visitorsMay : { origin: false }),
  });
  app.enableCsrfProtection({
    trustedOrigins: config.publicUrl === null ? [] : [new URL(config.publicUrl).origin],
    exclude: (request: HubRequest) => isProgram(request) || isVisitors(request) || !request.url.startsWith('/api/'),
  });
}

/** The chat widget's calls come from other people's pages. They carry a visitor's token and no cookie that anyone could ride on. */
function isVisitors(request: HubRequest): boolean {
  return request.url.startsWith('/api/chat/');
}

function isProgram(request: HubRequest): boolean {
  return /^bearer /i.test(request.headers.authorization ?? '');
}
