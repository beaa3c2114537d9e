import { describe, expect, it } from '@jest/globals';
import { askSite, userOf } from './site-word.js';

function tokenOf(claims: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return `e30.${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}.x`;
}

describe("a site's word", () => {
  it('is what the page gave, or what its function says by then', async () => {
    expect(await askSite(undefined)).toBeUndefined();
    expect(await askSite('a.b.c')).toBe('a.b.c');
    expect(await askSite(() => Promise.resolve('a.b.c'))).toBe('a.b.c');
    expect(await askSite(() => null)).toBeNull();
    expect(await askSite(() => '')).toBeNull();
    await expect(askSite(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });

  it('names its user in any script, and nobody where it is no token', () => {
    expect(userOf(tokenOf({ sub: 'سارا 🙂' }))).toBe('سارا 🙂');
    expect(userOf(tokenOf({ sub: 4711 }))).toBe('4711');
    for (const none of [null, '', 'x', 'a.b.c', tokenOf({})]) {
      expect(userOf(none)).toBeNull();
    }
  });
});
