import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { SecretKeys } from '../../platform/secret-keys.js';
import { VisitorTokens } from './visitor-tokens.service.js';

const [old, current] = [randomBytes(32), randomBytes(32)];
const tokens = new VisitorTokens(new SecretKeys([current, old]));
const channel = uuid();
const day = 24 * 3_600_000;

describe("a visitor's token", () => {
  it('says who somebody is, to their own channel', () => {
    const token = tokens.issue(channel);
    const visitor = tokens.read(token, channel);
    expect(visitor).toMatchObject({ channelId: channel });
    expect(tokens.read(tokens.issue(channel, visitor?.visitorId), channel)).toEqual(visitor);
    expect(tokens.read(token, uuid())).toBeNull();
  });

  it('does not hold once a character of it is another', () => {
    const token = tokens.issue(channel);
    for (let at = 0; at < token.length - 1; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1), channel)).toBeNull();
    }
    for (const forged of [
      '',
      '.',
      'a.b',
      `${token}.x`,
      token.split('.')[0] ?? '',
      '{}',
      `${token.split('.')[0] ?? ''}.`,
    ]) {
      expect(tokens.read(forged, channel)).toBeNull();
    }
  });

  it('holds over a rotation of the key, until the old key is gone', () => {
    const before = new VisitorTokens(new SecretKeys([old])).issue(channel);
    expect(tokens.read(before, channel)).not.toBeNull();
    expect(new VisitorTokens(new SecretKeys([current])).read(before, channel)).toBeNull();
  });

  it('ends after half a year', () => {
    const token = tokens.issue(channel, uuid(), 1_000 * day);
    expect(tokens.read(token, channel, 1_179 * day)).not.toBeNull();
    expect(tokens.read(token, channel, 1_181 * day)).toBeNull();
  });
});
