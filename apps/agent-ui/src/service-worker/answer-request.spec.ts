import { describe, expect, it } from '@jest/globals';
import { wayOf } from './answer-request.js';

const origin = 'https://desk.example.org';
const way = (path: string, mode: RequestMode = 'navigate', method = 'GET') =>
  wayOf({ url: new URL(path, origin).href, mode, method }, origin);

describe('what the console’s worker has a part in', () => {
  it.each([
    '/',
    '/inbox/mine',
    '/inbox/mine/01a2?ticket=3',
    '/settings/mine',
    '/login',
    '/customers',
    '/search',
    '/scripts/1',
  ])('is pages of the console: %s', (path) => expect(way(path)).toBe('page'));

  it('is files whose names hold a hash of what is in them', () => {
    expect(way('/assets/index-abc.js', 'cors')).toBe('asset');
    expect(way('https://elsewhere.example/assets/index-abc.js', 'cors')).toBe('none');
  });

  it('is what a page asks for before it shows', () => expect(way('/before-paint.js', 'no-cors')).toBe('file'));

  it.each([
    '/api/docs',
    '/api/attachments/1',
    '/chat/01a2',
    '/chat',
    '/my/token',
    '/s/token',
    '/b/token',
    '/u',
    '/media/1',
    '/widget.js',
    '/widget/chat.js',
    '/health/live',
    '/metrics',
    '/hooks/telegram/1',
    '/socket.io/?EIO=4',
    '/manifest.webmanifest',
  ])('is nothing of what people wrote, of the chat widget, or of machines: %s', (path) => {
    expect(way(path)).toBe('none');
    expect(way(path, 'cors')).toBe('none');
  });

  it('is nothing that changes anything', () => {
    expect(way('/inbox/mine', 'navigate', 'POST')).toBe('none');
  });
});
