import { BlockList, isIPv6 } from 'node:net';

/** Asked for every handshake, by the one list of the configuration. */
const lists = new WeakMap<readonly string[], BlockList>();

/**
 * Where a socket really comes from: its peer, or what the proxies that we trust say. The list of X-Forwarded-For grows to the right, so
 * the last entry that no trusted proxy wrote about another one is the client; what stands left of it anybody could have made up.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: readonly string[]): string {
  const proxies = lists.get(trusted) ?? listOf(trusted);
  lists.set(trusted, proxies);
  const hops = [...(forwardedFor ?? '').split(',').map((hop) => hop.trim()), peer]
    .filter((hop) => hop !== '')
    .map(plain);
  return hops.findLast((hop) => !isIn(proxies, hop)) ?? hops[0] ?? peer;
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** An IPv4 peer of an IPv6 listener is told in IPv6's clothes. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
