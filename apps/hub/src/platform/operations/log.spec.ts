import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.js';

function record(): { lines: () => Record<string, unknown>[]; log: ReturnType<typeof createLog>; text: () => string } {
  const written: string[] = [];
  const log = createLog('debug', { write: (line) => void written.push(line) });
  return {
    log,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

describe('the log', () => {
  it('keeps secrets and the words of people out, wherever they hang', () => {
    const { log, text } = record();
    log.info('A thing happened.', {
      password: 'CANARY',
      token: 'CANARY',
      body: 'CANARY',
      request: { headers: { authorization: 'CANARY', cookie: 'CANARY', 'set-cookie': 'CANARY' }, body: 'CANARY' },
      channel: { secrets: { smtp: 'CANARY' }, settings: { botToken: 'CANARY', apiKey: 'CANARY' } },
      message: { text: 'CANARY', raw: 'CANARY' },
    });
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('[redacted]');
  });

  it('tells of an error its name, sentence, code, stack and cause, and nothing that a driver hung on it', () => {
    const { log, lines, text } = record();
    const error = Object.assign(new Error('duplicate key', { cause: new TypeError('deep') }), {
      code: '23505',
      detail: 'CANARY',
      parameters: ['CANARY'],
    });
    log.error('It failed.', error, { ticket: 7 });
    expect(lines()[0]).toMatchObject({
      level: 'error',
      msg: 'It failed.',
      ticket: 7,
      error: { name: 'Error', message: 'duplicate key', reason: '23505', cause: { name: 'TypeError' } },
    });
    expect(text()).not.toContain('CANARY');
  });

  it('tells the codes of faults, and no code that somebody was sent', () => {
    const { log, lines } = record();
    const codes = ['ECONNREFUSED', 'ENOTFOUND', 'ERR_TLS_CERT_ALTNAME_INVALID', '482913', 'EXKQPL', '23505', 7];
    codes.forEach((code) => log.warn('Odd.', { code, error: { code }, deep: { error: { code } } }));
    const told = lines().map(({ code, error, deep }) => [code, error, deep]);
    const all = (code: string) => [code, { code }, { error: { code } }];
    expect(told.slice(0, 3)).toEqual(codes.slice(0, 3).map((code) => all(String(code))));
    expect(told.slice(3)).toEqual(codes.slice(3).map(() => all('[redacted]')));
  });

  it('is one line per fact, whatever is in it', () => {
    const { log, lines } = record();
    log.with({ room: 'intake' }).warn('Odd.', { subject: 'a\nb\r{"level":"fatal"}\u2028' });
    expect(lines()).toMatchObject([{ room: 'intake', subject: 'a\nb\r{"level":"fatal"}\u2028' }]);
  });
});
