/** Push services of the browsers that agents use. A star stands for whatever comes before. */
export const knownPushHosts: readonly string[] = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
];

/**
 * Whether a browser may have itself woken by this address. Whoever is signed in can send one, so it is never taken at its word: only push
 * services of `hosts` are, over TLS. A host may be an origin (`http://127.0.0.1:8090`), which then counts as it is written.
 */
export function isPushEndpoint(endpoint: string, hosts: readonly string[]): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.username !== '' || url.password !== '') {
    return false;
  }
  return hosts.some((host) => {
    if (host.includes('://')) {
      return url.origin === URL.parse(host)?.origin;
    }
    return url.protocol === 'https:' && url.port === '' && isHost(url.hostname, host.toLowerCase());
  });
}

function isHost(name: string, host: string): boolean {
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host;
}
