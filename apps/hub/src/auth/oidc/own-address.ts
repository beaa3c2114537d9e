import type { HubRequest } from '../../platform/http/exchange.js';

const loopbackHost = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

/**
 * What the address begins with to which providers lead back: PUBLIC_URL, and on one's own machine what the browser asked for. Anything
 * else that a browser says is not taken at its word. Null: nobody can sign in by a provider here.
 */
export function ownAddress(publicUrl: string | null, request: Pick<HubRequest, 'headers'>): string | null {
  const { host = '' } = request.headers;
  return publicUrl ?? (loopbackHost.test(host) ? `http://${host}` : null);
}

export function backTo(address: string, providerId: string): string {
  return `${address}/api/sign-in/${providerId}/back`;
}

/** Plain http is for trying things out on one's own machine. */
export function isLoopback(url: URL): boolean {
  return loopbackHost.test(url.hostname);
}
