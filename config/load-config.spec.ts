import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderEnvExample } from './env-example.js';
import { ConfigProblems, parseConfig } from './load-config.js';

function problemsOf(variables: Record<string, string>): string[] {
  try {
    parseConfig(variables);
  } catch (error) {
    return (error as ConfigProblems).problems;
  }
  return [];
}

describe('configuration', () => {
  it('needs nothing to be set', () => {
    expect(parseConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      dataDir: resolve('data'),
      databaseUrl: null,
      secretKeys: [],
      mail: null,
      admin: null,
      role: 'all',
      defaultCountry: 'IR',
    });
  });

  it('takes an empty value as unset', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ', PEYK_ADMIN_EMAIL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: null,
    });
  });

  it('names every problem at once, each by its variable', () => {
    const problems = problemsOf({
      PORT: 'x',
      PUBLIC_URL: 'https://a.example/desk',
      DATABASE_URL: 'mysql://a',
      MAIL_LISTEN: 'nowhere',
      ROLE: 'boss',
    });
    expect(problems).toHaveLength(5);
    for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'MAIL_LISTEN', 'ROLE']) {
      expect(problems.join('\n')).toContain(name);
    }
  });

  it.each([
    [{ MAIL_TLS_CERT: '/a' }, 'MAIL_TLS_KEY'],
    [{ MAIL_TLS_KEY: '/a' }, 'MAIL_TLS_CERT'],
    [{ PEYK_ADMIN_EMAIL: 'a@b.example' }, 'PEYK_ADMIN_PASSWORD'],
    [{ PEYK_ADMIN_PASSWORD: 'long enough to be one' }, 'PEYK_ADMIN_EMAIL'],
    [{ S3_BUCKET: 'b' }, 'S3_ENDPOINT'],
    [{ SECRET_KEY: 'too short' }, 'SECRET_KEY'],
    [{ OUTBOUND_ALLOW: '10.0.0.0/33' }, 'OUTBOUND_ALLOW'],
    [{ PUSH_HOSTS: 'push.example.org,ftp://x' }, 'PUSH_HOSTS'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    [{ DEFAULT_COUNTRY: 'Persia' }, 'DEFAULT_COUNTRY'],
  ])('refuses %j because of %s', (variables, name) => {
    expect(problemsOf(variables).join('\n')).toContain(name);
  });

  it('says of a first administrator without a password that it is missing, and of a bad one what is wrong', () => {
    const email = { PEYK_ADMIN_EMAIL: 'a@b.example' };
    expect(problemsOf(email)).toEqual(['PEYK_ADMIN_PASSWORD must be set when PEYK_ADMIN_EMAIL is']);
    expect(problemsOf({ ...email, PEYK_ADMIN_PASSWORD: 'short' })).toEqual([
      'PEYK_ADMIN_PASSWORD must have at least 10 characters',
    ]);
    expect(problemsOf({ ...email, PEYK_ADMIN_PASSWORD: 'long'.repeat(60) })).toEqual([
      'PEYK_ADMIN_PASSWORD must have at most 200 characters',
    ]);
  });

  it.each([
    ['MAIL_LISTN', 'MAIL_LISTEN'],
    ['MAIL_LITSEN', 'MAIL_LISTEN'],
    ['PEYK_ADMIN_PASWORD', 'PEYK_ADMIN_PASSWORD'],
    ['PROT', null],
    ['PORTT', 'PORT'],
    ['public_url', 'PUBLIC_URL'],
    ['HOME', null],
    ['PATH', null],
    ['HOSTNAME', null],
    ['PEYK_TEST_DATABASE_URL', null],
  ])('warns of %s when it looks like %s, and never refuses it', (name, meant) => {
    const { warnings } = parseConfig({ [name]: '1' });
    expect(warnings).toEqual(meant === null ? [] : [`${name} is set and not read by anything. Is ${meant} meant?`]);
  });

  it('warns when a TLS proxy hides all clients behind its own address', () => {
    const PUBLIC_URL = 'https://desk.example.org';
    expect(parseConfig({ PUBLIC_URL }).warnings.join()).toContain('Set TRUST_PROXY');
    expect(parseConfig({ PUBLIC_URL, TRUST_PROXY: '127.0.0.1' }).warnings).toEqual([]);
    expect(parseConfig({ PUBLIC_URL: 'http://desk.example.org' }).warnings).toEqual([]);
  });

  it('reads a key ring, the current key first, in base64 and in hex', () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(parseConfig({ SECRET_KEY: `${a.toString('base64')}, ${b.toString('hex')}` }).secretKeys).toEqual([a, b]);
  });

  it('reads where the mail receiver listens, and its certificate', () => {
    expect(parseConfig({ MAIL_LISTEN: '[::1]:2525', MAIL_TLS_CERT: '/c', MAIL_TLS_KEY: '/k' }).mail).toEqual({
      listen: { host: '::1', port: 2525 },
      tls: { certFile: '/c', keyFile: '/k' },
    });
  });
});

describe('.env.example', () => {
  it('is what the documentation of the variables says', () => {
    expect(readFileSync(resolve('.env.example'), 'utf8')).toBe(renderEnvExample());
  });

  it('leaves every variable at its default', () => {
    expect(
      renderEnvExample()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });
});
