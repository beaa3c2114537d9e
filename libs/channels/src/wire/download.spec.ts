import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  listenOnLoopback,
  type LoopbackReply,
  type LoopbackRequest,
  type LoopbackServer,
} from '../../../../tools/stand-ins/loopback-server.js';
import { download } from './download.js';

let home: LoopbackServer;
let away: LoopbackServer;
let answer: (request: LoopbackRequest) => LoopbackReply;
let seenAway: LoopbackRequest[];

beforeEach(async () => {
  seenAway = [];
  home = await listenOnLoopback((request) => answer(request));
  away = await listenOnLoopback((request) => {
    seenAway.push(request);
    return { status: 200, body: 'away' };
  });
});

afterEach(async () => {
  await home.close();
  await away.close();
});

function fetchFile(mayFetch: (url: URL) => boolean, limitBytes = 1000): Promise<Uint8Array> {
  return download({ url: `${home.url}/file`, headers: { authorization: 'Basic x' }, limitBytes, mayFetch });
}

const sameHost = (url: URL) => url.origin === home.url;
const anywhere = () => true;

describe('downloading a file', () => {
  it('brings its bytes, with credentials', async () => {
    answer = ({ headers }) => ({ status: 200, body: headers['authorization'] ?? '' });
    expect(Buffer.from(await fetchFile(sameHost)).toString()).toBe('Basic x');
  });

  it('asks again about every redirect', async () => {
    answer = () => ({ status: 302, headers: { location: `${away.url}/file` } });
    await expect(fetchFile(sameHost)).rejects.toMatchObject({ code: 'not_allowed', retry: 'never' });
    expect(seenAway).toEqual([]);
  });

  it('leaves the credentials behind when it is led to another host', async () => {
    answer = () => ({ status: 307, headers: { location: `${away.url}/file` } });
    expect(Buffer.from(await fetchFile(anywhere)).toString()).toBe('away');
    expect(seenAway[0]?.headers['authorization']).toBeUndefined();
  });

  it('gives up on a circle of redirects', async () => {
    answer = () => ({ status: 302, headers: { location: '/file' } });
    await expect(fetchFile(sameHost)).rejects.toMatchObject({ code: 'gone', retry: 'never' });
  });

  it.each([
    [404, 'gone', 'never'],
    [401, 'unauthorized', 'after-reconnect'],
    [429, 'unavailable', 'soon'],
    [503, 'unavailable', 'soon'],
  ])('reads %i as %s', async (status, code, retry) => {
    answer = () => ({ status });
    await expect(fetchFile(sameHost)).rejects.toMatchObject({ code, retry });
  });

  it('stops at the size allowed, and comes back later when cut off', async () => {
    answer = () => ({ status: 200, body: 'x'.repeat(11) });
    await expect(fetchFile(sameHost, 10)).rejects.toMatchObject({ code: 'too_large', retry: 'never' });
    answer = () => 'cut';
    await expect(fetchFile(sameHost)).rejects.toMatchObject({ code: 'unreachable', retry: 'soon' });
  });
});
