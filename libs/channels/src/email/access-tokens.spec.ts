import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { type MailboxServer, startMailboxServer } from '../../../../tools/stand-ins/mailbox-server.js';
import { type ChannelAccount, ChannelError } from '../channel-adapter.js';
import { AccessTokens, type OAuthGrant } from './access-tokens.js';
import { createEmailAdapter, emailConfig, type EmailSettings } from './email.adapter.js';

/** A provider's token endpoint: what it was asked, and what it answers next. */
let asked: URLSearchParams[];
let answers: { status: number; body: unknown }[];
let provider: Server;
let grant: OAuthGrant;
let clock: number;

beforeEach(async () => {
  asked = [];
  answers = [];
  clock = 1_000_000;
  provider = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push(new URLSearchParams(body));
      const { status, body: answer } = answers.shift() ?? { status: 500, body: 'no more answers' };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  grant = {
    tokenUrl: `http://127.0.0.1:${port}/token`,
    clientId: 'client-1',
    clientSecret: 'client-secret-77',
    refreshToken: 'refresh-1',
  };
});

afterEach(() => new Promise((resolve) => provider.close(resolve)));

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function willGive(token: string, more: object = {}): void {
  answers.push({ status: 200, body: { access_token: token, expires_in: 3600, ...more } });
}

const tokens = () => new AccessTokens(undefined, () => clock);

async function failure(work: Promise<unknown>): Promise<ChannelError> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  if (!(error instanceof ChannelError)) {
    throw new Error('expected a ChannelError', { cause: error });
  }
  return error;
}

describe('access tokens', () => {
  it('are asked for with the refresh token, kept while they are good, and renewed before they end', async () => {
    const held = tokens();
    willGive('t1');
    willGive('t2');
    expect([await held.get('a', grant), await held.get('a', grant)]).toEqual(['t1', 't1']);
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client-1',
      client_secret: 'client-secret-77',
      refresh_token: 'refresh-1',
    });
    clock += 3_545_000;
    expect(await held.get('a', grant)).toBe('t2');
  });

  it('are asked for once by many who need one at the same time', async () => {
    const held = tokens();
    willGive('t1');
    expect(await Promise.all([held.get('a', grant), held.get('a', grant), held.get('a', grant)])).toEqual([
      't1',
      't1',
      't1',
    ]);
    expect(asked).toHaveLength(1);
  });

  it('go on with the refresh token that the provider put in the place of the first', async () => {
    const held = tokens();
    willGive('t1', { refresh_token: 'refresh-2' });
    await held.get('a', grant);
    expect(held.replacementOf('a', grant)).toBe('refresh-2');
    const stored = { ...grant, refreshToken: 'refresh-2' };
    expect([await held.get('a', stored), held.replacementOf('a', stored)]).toEqual(['t1', null]);
    held.drop('a');
    willGive('t2');
    expect(await held.get('a', stored)).toBe('t2');
    expect(asked.at(-1)?.get('refresh_token')).toBe('refresh-2');
  });

  it('come with a refresh token that is offered again until it could be stored, and keep no mail back meanwhile', async () => {
    const offered: string[] = [];
    let isAway = true;
    const held = new AccessTokens(
      undefined,
      () => clock,
      (_, refreshToken) => {
        offered.push(refreshToken);
        return isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve();
      },
    );
    willGive('t1', { refresh_token: 'refresh-2' });
    expect([await held.get('a', grant), await held.get('a', grant)]).toEqual(['t1', 't1']);
    expect(offered).toEqual(['refresh-2']);
    clock += 61_000;
    await held.get('a', grant);
    isAway = false;
    clock += 61_000;
    await held.get('a', grant);
    clock += 61_000;
    await held.get('a', grant);
    expect(offered).toEqual(['refresh-2', 'refresh-2', 'refresh-2']);
  });

  it('are not waited for by an account whose settings were changed while others were asked for', async () => {
    const held = tokens();
    willGive('t1');
    willGive('t2');
    const other = { ...grant, refreshToken: 'entered-since' };
    const both = await Promise.all([held.get('a', grant), held.get('a', other)]);
    expect(new Set(both)).toEqual(new Set(['t1', 't2']));
    expect(new Set(asked.map((form) => form.get('refresh_token')))).toEqual(new Set(['entered-since', 'refresh-1']));
  });

  it.each([
    [400, { error: 'invalid_grant', error_description: 'refresh-1 is over' }, 'token_expired', 'after-reconnect'],
    [401, { error: 'invalid_client' }, 'token_expired', 'after-reconnect'],
    [503, 'busy', 'token_unavailable', 'soon'],
    [200, { nothing: true }, 'token_unavailable', 'soon'],
  ])('that are refused with %i are tried again by whom that can help', async (status, body, code, retry) => {
    answers.push({ status, body });
    const error = await failure(tokens().get('a', grant));
    expect([error.code, error.retry]).toEqual([code, retry]);
    expect(error.message).not.toMatch(/refresh-1|client-secret-77/u);
  });

  it('that cannot be asked for are waited for', async () => {
    const error = await failure(tokens().get('a', { ...grant, tokenUrl: 'http://127.0.0.1:1/token' }));
    expect([error.code, error.retry]).toEqual(['token_unavailable', 'soon']);
  });
});

describe('a mailbox that is opened with a token', () => {
  let world: MailboxServer;

  beforeEach(async () => {
    world = await startMailboxServer();
  });

  afterEach(() => world.close());

  function account(): ChannelAccount<EmailSettings> {
    const config = emailConfig.parse({
      address: world.user,
      fromName: 'Shop',
      verifySenders: false,
      smtp: { host: '127.0.0.1', port: 2525 },
      imap: { host: '127.0.0.1', port: world.port, secure: false },
      oauth: { provider: 'google', tokenUrl: grant.tokenUrl },
    });
    const secrets = {
      oauthClientId: 'client-1',
      oauthClientSecret: 'client-secret-77',
      oauthRefreshToken: 'refresh-1',
    };
    return { id: 'email-1', name: 'Support', settings: { ...config, ...secrets, smtpPassword: '' }, publicUrl: null };
  }

  it('is read with it, and hands on the refresh token to be stored', async () => {
    const adapter = createEmailAdapter();
    willGive(world.accessToken, { refresh_token: 'refresh-2' });
    const { secrets } = await adapter.poll(account(), {}, new AbortController().signal);
    adapter.close();
    expect(secrets).toEqual({ oauthRefreshToken: 'refresh-2' });
  });

  it('hands on the refresh token at once, though nothing comes of the reading', async () => {
    const told: unknown[] = [];
    const adapter = createEmailAdapter({ onSecrets: (...words) => Promise.resolve(void told.push(words)) });
    willGive('no good', { refresh_token: 'refresh-2' });
    answers.push({ status: 400, body: { error: 'invalid_grant' } });
    await failure(adapter.poll(account(), {}, new AbortController().signal));
    adapter.close();
    expect(told).toEqual([['email-1', { oauthRefreshToken: 'refresh-2' }, { oauthRefreshToken: 'refresh-1' }]]);
  });

  it('asks for another token before it gives up on one that was revoked', async () => {
    const adapter = createEmailAdapter();
    willGive('revoked');
    willGive(world.accessToken);
    await adapter.poll(account(), {}, new AbortController().signal);
    willGive('revoked too');
    adapter.disconnect(account());
    await adapter.poll(account(), {}, new AbortController().signal);
    adapter.close();
    expect(asked).toHaveLength(2);
  });

  it('says so when the permission is over', async () => {
    const adapter = createEmailAdapter();
    answers.push({ status: 400, body: { error: 'invalid_grant' } });
    const error = await failure(adapter.poll(account(), {}, new AbortController().signal));
    adapter.close();
    expect([error.code, error.retry, error.message]).toEqual([
      'token_expired',
      'after-reconnect',
      expect.stringContaining('Sign in to the provider again'),
    ]);
  });
});

describe('a mail that is sent with a token', () => {
  it('is sent once, with another token, when the first was revoked before its time', async () => {
    const signedIn: unknown[] = [];
    let taken = 0;
    const server = new SMTPServer({
      authMethods: ['XOAUTH2'],
      disabledCommands: ['STARTTLS'],
      onAuth: ({ accessToken }, _, done) => {
        signedIn.push(accessToken);
        done(null, accessToken === 'good' ? { user: 'support' } : {});
      },
      onData: (stream, _, done) => {
        taken += 1;
        stream.on('end', () => done()).resume();
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const config = emailConfig.parse({
      address: 'support@shop.example',
      fromName: 'Shop',
      smtp: { host: '127.0.0.1', port, user: 'support@shop.example' },
      oauth: { provider: 'google', tokenUrl: grant.tokenUrl },
    });
    const secrets = { oauthClientId: 'client-1', oauthClientSecret: 'secret', oauthRefreshToken: 'refresh-1' };
    const settings = { ...config, ...secrets, smtpPassword: '' };
    const adapter = createEmailAdapter();
    willGive('revoked');
    willGive('good');
    const sent = await adapter.send(
      {
        id: '01900000-0000-7000-8000-000000000001',
        to: { kind: 'email', address: 'maryam@example.com' },
        toName: '',
        text: 'hello',
        attachments: [],
        replyTo: null,
        mail: {
          messageId: '<m1@shop.example>',
          inReplyTo: null,
          references: [],
          subject: 'order',
          cc: [],
          threadToken: null,
        },
      },
      { id: 'email-1', name: 'Support', settings, publicUrl: null },
    );
    adapter.close();
    await new Promise<void>((resolve) => server.close(resolve));
    expect([sent.state, taken, [...new Set(signedIn)]]).toEqual(['sent', 1, ['revoked', 'good']]);
  });
});
