import { generateKeyPairSync } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { closeMailReaders } from './apart/read-apart.js';
import { WorkKilled } from './apart/worker-pool.js';
import { checkSignatures } from './check-signatures.js';
import { keyNames, withFewSignatures } from './few-signatures.js';
import { type DnsLookup, type MailOrigin, verifySender, type VerifyOptions } from './verify-sender.js';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const zone: Record<string, string> = {
  'key1._domainkey.example.com': `v=DKIM1; k=rsa; p=${keys.publicKey.toString('base64')}`,
  '_dmarc.example.com': 'v=DMARC1; p=reject',
  'example.com': 'v=spf1 ip4:192.0.2.1 -all',
  'evil.example': 'v=spf1 ip4:198.51.100.7 -all',
  '_dmarc.evil.example': 'v=DMARC1; p=none',
};

const lookup: DnsLookup = (name, type) => {
  const text = zone[name];
  return type === 'TXT' && text !== undefined
    ? Promise.resolve([[text]])
    : Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
};

async function signed(from: string, isSigned = true): Promise<Buffer> {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    ...(isSigned ? { dkim: { domainName: 'example.com', keySelector: 'key1', privateKey: keys.privateKey } } : {}),
  });
  const { message } = await transport.sendMail({
    from,
    to: 'support@shop.example',
    subject: 'سلام',
    text: 'hello',
    date: new Date(),
  });
  return message as Buffer;
}

afterAll(() => closeMailReaders());

const stranger = { envelopeFrom: 'bounce@relay.example', remoteAddress: '203.0.113.9', helo: 'relay.example' };
const on = { enabled: true, lookup };

async function verdictOn(mail: MailOrigin, options: VerifyOptions): Promise<string> {
  return (await verifySender(mail, options)).verdict;
}

describe('verifySender', () => {
  it('passes a mail that its domain has signed', async () => {
    expect(await verdictOn({ ...stranger, raw: await signed('Maryam <maryam@example.com>') }, on)).toBe('pass');
  });

  it('passes a mail that comes from where its domain sends', async () => {
    const raw = await signed('maryam@example.com', false);
    const own = { envelopeFrom: 'maryam@example.com', remoteAddress: '192.0.2.1', helo: 'mx.example.com', raw };
    expect(await verdictOn(own, on)).toBe('pass');
  });

  it('fails a mail that the domain would have signed', async () => {
    expect(await verdictOn({ ...stranger, raw: await signed('maryam@example.com', false) }, on)).toBe('fail');
  });

  it('fails a signed mail that was changed on the way', async () => {
    const raw = Buffer.from((await signed('maryam@example.com')).toString().replace('hello', 'pay me'));
    expect(await verdictOn({ ...stranger, raw }, on)).toBe('fail');
  });

  it('fails a mail under a name that its true sender does not own', async () => {
    const raw = await signed('maryam@example.com', false);
    const spoof = { envelopeFrom: 'x@evil.example', remoteAddress: '198.51.100.7', helo: 'evil.example', raw };
    expect(await verdictOn(spoof, on)).toBe('fail');
  });

  it('does not pass a mail with two authors', async () => {
    const raw = Buffer.concat([Buffer.from('From: boss@bank.example\r\n'), await signed('maryam@example.com')]);
    expect(await verdictOn({ ...stranger, raw }, on)).not.toBe('pass');
  });

  it('has nothing to say about a domain without a policy, or when it is off', async () => {
    const raw = await signed('someone@nowhere.example', false);
    expect(await verdictOn({ ...stranger, raw }, on)).toBe('none');
    expect(await verdictOn({ ...stranger, raw: await signed('maryam@example.com') }, { enabled: false, lookup })).toBe(
      'none',
    );
  });

  it('has nothing to say when DNS is silent or broken', async () => {
    const raw = await signed('maryam@example.com');
    const silent: DnsLookup = () => new Promise(() => undefined);
    const broken: DnsLookup = () => Promise.reject(Object.assign(new Error('down'), { code: 'ESERVFAIL' }));
    expect(await verdictOn({ ...stranger, raw }, { enabled: true, lookup: silent, timeMs: 50 })).toBe('none');
    expect(await verdictOn({ ...stranger, raw }, { enabled: true, lookup: broken })).toBe('none');
  });

  describe('of a mail with many signatures', () => {
    const signature = (index: number, domain = 'other.example') =>
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=s${index};\r\n h=from; l=${1_000_000 + index}; bh=AAAA; b=AAAA\r\n`;
    it.each([
      [10, 20, 0],
      [3, 20, 3_000_000],
      [4, 3, 0],
    ])('looks at %s, the one of its author among them', async (most, others, more) => {
      const heads = Array.from({ length: others }, (_, index) => signature(index)).join('');
      // Blank lines at the end of a mail are no part of what is signed.
      const end = Buffer.from('\r\n'.repeat(more / 2));
      const raw = Buffer.concat([Buffer.from(heads), await signed('maryam@example.com'), end]);
      const seen = withFewSignatures(raw, 'example.com');
      expect(seen?.head.toString().match(/^dkim-signature:/gimu)).toHaveLength(most);
      expect(seen?.body.length).toBeGreaterThan(more);
      expect(await verdictOn({ ...stranger, raw }, on)).toBe('pass');
    });

    it('is checked in a thread of its own, however large it is', async () => {
      const heads = Array.from({ length: 20 }, (_, index) => signature(index, 'example.com')).join('');
      const body = `${'word '.repeat(14)}\r\n`.repeat(150_000);
      const raw = Buffer.from(`${heads}From: maryam@example.com\r\n\r\n${body}`);
      const spent = async (options: VerifyOptions) => {
        await verdictOn({ ...stranger, raw: Buffer.from(`${heads}From: a@example.com\r\n\r\nwarm up`) }, options);
        const before = process.threadCpuUsage();
        await verdictOn({ ...stranger, raw }, options);
        const { user, system } = process.threadCpuUsage(before);
        return user + system;
      };
      const here = await spent({ ...on, check: checkSignatures });
      expect(await spent(on)).toBeLessThan(here / 3);
    });

    it('says nothing of one whose head has no end', async () => {
      const raw = Buffer.concat([
        Buffer.from(`X-Long: ${'x'.repeat(2_000_000)}\r\n`),
        await signed('maryam@example.com'),
      ]);
      expect(await verifySender({ ...stranger, raw }, on)).toEqual({ verdict: 'none', checks: null });
    });
  });

  it('has nothing to say of a mail whose signatures were too much for the thread that checks them', async () => {
    const check = () => Promise.reject(new WorkKilled());
    const raw = await signed('maryam@example.com');
    expect(await verifySender({ ...stranger, raw }, { ...on, check })).toEqual({ verdict: 'none', checks: null });
  });

  it('asks DNS for the keys of all signatures at once, and the thread asks nobody', async () => {
    const asked: string[] = [];
    const slow: DnsLookup = async (name, type) => {
      asked.push(name);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return lookup(name, type);
    };
    const heads = Array.from(
      { length: 5 },
      (_, index) =>
        `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=other${index}.example;\r\n s=k; h=from; bh=AAAA; b=AAAA\r\n`,
    );
    const raw = Buffer.concat([Buffer.from(heads.join('')), await signed('maryam@example.com')]);
    expect(await verdictOn({ ...stranger, raw }, { enabled: true, lookup: slow, timeMs: 2_000 })).toBe('pass');
    const keys = asked.filter((name) => name.includes('_domainkey'));
    expect(keys.toSorted()).toEqual(
      [...heads.map((_, index) => `k._domainkey.other${index}.example`), 'key1._domainkey.example.com'].toSorted(),
    );
  });

  it.each([
    ['DKIM-Signature: v=1; d=Example.COM; s=Key1; b=x', ['key1._domainkey.example.com']],
    ['dkim-signature : d=example.com;\r\n\ts=a\r\n b; b=x', ['ab._domainkey.example.com']],
    ['DKIM-Signature: d=فروشگاه.example; s=k', ['k._domainkey.xn--mgb1ehgg64g.example']],
    ['DKIM-Signature: s=k; b=x', []],
    ['X-DKIM-Signature: d=a.example; s=k', []],
  ])('knows the names of the keys in %s', (head, names) => {
    const expected = names.map((name) => name.replace('xn--mgb1ehgg64g', domainToASCII('فروشگاه')));
    expect(keyNames(Buffer.from(`${head}\r\nFrom: a@b.example\r\n\r\n`))).toEqual(expected);
  });

  it('survives a mail that is none', async () => {
    expect(await verdictOn({ ...stranger, raw: Buffer.from('\0\xff not a mail') }, on)).toBe('none');
  });

  it('tells what it found, each check by itself', async () => {
    const raw = await signed('maryam@example.com');
    expect((await verifySender({ ...stranger, raw }, on)).checks).toMatchObject({
      dkim: 'pass',
      dmarc: 'pass',
      by: 'peyk',
    });
    const unsigned = await signed('maryam@example.com', false);
    const spoof = {
      envelopeFrom: 'maryam@example.com',
      remoteAddress: '203.0.113.9',
      helo: 'evil.example',
      raw: unsigned,
    };
    expect((await verifySender(spoof, on)).checks).toMatchObject({ spf: 'fail', dkim: 'none', dmarc: 'fail' });
    expect((await verifySender({ ...stranger, raw }, { enabled: false, lookup })).checks).toBeNull();
  });

  it('goes by the signature alone where nobody knows who handed the mail over, and calls nobody a forger', async () => {
    const found = { envelopeFrom: '', remoteAddress: null, helo: '' };
    const good = await verifySender({ ...found, raw: await signed('maryam@example.com') }, on);
    expect(good).toMatchObject({ verdict: 'pass', checks: { spf: 'none', dkim: 'pass', dmarc: 'pass' } });
    const unsigned = await verifySender({ ...found, raw: await signed('maryam@example.com', false) }, on);
    expect(unsigned).toMatchObject({ verdict: 'none', checks: { spf: 'none', dkim: 'none', dmarc: 'none' } });
  });
});
