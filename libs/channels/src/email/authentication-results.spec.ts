import { describe, expect, it } from '@jest/globals';
import { readAuthenticationResults } from './authentication-results.js';

const server = 'mx.shop.example';
const domain = 'example.com';

function read(...fields: string[]) {
  return readAuthenticationResults(fields, { server, domain });
}

const pass = `${server}; spf=pass smtp.mailfrom=bounce.example.com; dkim=pass header.d=example.com; dmarc=pass header.from=example.com`;

describe('readAuthenticationResults', () => {
  it('reads what the believed server found', () => {
    expect(read(pass)).toEqual({
      verdict: 'pass',
      checks: { spf: 'pass', dkim: 'pass', dmarc: 'pass', by: 'server' },
    });
    expect(read(`${server} 1; spf=softfail; dkim=none; dmarc=fail (p=REJECT) header.from=example.com`)).toEqual({
      verdict: 'fail',
      checks: { spf: 'softfail', dkim: 'none', dmarc: 'fail', by: 'server' },
    });
  });

  it('believes nobody else, and no field below the first of that name', () => {
    expect(read(pass.replace(server, 'evil.example'))).toBeNull();
    expect(read(pass.replace(server, `${server}.evil.example`))).toBeNull();
    expect(read(`${server}; dmarc=fail header.from=example.com`, pass)?.verdict).toBe('fail');
    expect(readAuthenticationResults(['; dmarc=pass'], { server: '', domain })).toBeNull();
  });

  it.each([
    ['in a comment', `${server}; dkim=none (dmarc=pass header.from=example.com); spf=none`],
    ['in a comment that never ends', `${server}; dkim=none (; dmarc=pass header.from=example.com`],
    ['as a property of another check', `${server}; dkim=fail dmarc=pass`],
    ['about another domain', `${server}; dmarc=pass header.from=evil.example`],
    ['about the domain above', `${server}; dmarc=pass header.from=com`],
    ['about no domain', `${server}; dmarc=pass`],
    ['about two domains', `${server}; dmarc=pass header.from=example.com header.from=evil.example`],
    ['about a domain that only a reason names', `${server}; dmarc=pass reason="header.from=example.com"`],
    ['in a quotation', `${server}; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.com; y"@evil.example`],
    [
      'behind a quotation that the sender ended',
      `${server}; spf=pass smtp.mailfrom="x\\"; dmarc=pass header.from=example.com; y"@evil.example`,
    ],
    ['in a quotation that never ends', `${server}; dmarc=pass header.from=example.com; spf=none smtp.mailfrom="x`],
    [
      'beside a quotation that begins within a word',
      `${server}; spf=none smtp.mailfrom=a"@evil.example; dmarc=fail reason="; dmarc=pass header.from=example.com; x="`,
    ],
    ['put together around a comment', `${server}; dm(x)arc=pass header.from=example.com`],
    ['under a longer name', `${server}; dmarc=pass x-header.from=example.com`],
    ['in a word of its own making', `${server}; xdmarc=pass`],
  ])('finds no pass %s', (_, field) => {
    expect(read(field)?.verdict).toBe('none');
  });

  it('takes one signature that holds for enough', () => {
    expect(read(`${server}; dkim=fail header.d=list.example; dkim=pass header.d=example.com`)?.checks?.dkim).toBe(
      'pass',
    );
  });

  it('takes a pass of the domain above for nothing, since the mail names another', () => {
    expect(readAuthenticationResults([pass], { server, domain: 'mail.example.com' })?.verdict).toBe('none');
  });

  it('believes a pass only where no other statement contradicts it', () => {
    const injected = `${server}; spf=pass smtp.mailfrom=x; dmarc=pass header.from=example.com; y@evil.com; dmarc=fail header.from=example.com`;
    expect(read(injected)).toMatchObject({ verdict: 'fail', checks: { dmarc: 'fail' } });
  });

  it('reads what is quoted for no reason', () => {
    expect(read(`"${server}" 1; dmarc=pass (p=none; "x) header.from="example.com"`)?.verdict).toBe('pass');
  });

  it('stays fast whatever is written there', () => {
    const start = process.cpuUsage();
    read(
      `${server}; ${'('.repeat(200_000)}`,
      `${server}; ${'dmarc= '.repeat(50_000)}`,
      `${server}; ${'"'.repeat(200_001)}`,
    );
    read(`${server}; ${';'.repeat(200_000)}`);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });
});
