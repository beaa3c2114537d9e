import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkDnsRecords, type DnsQuestions, type DnsSubject } from './dns-records.js';
import { dkimRecord, makeDkimKey } from './outgoing/dkim.js';
import { outgoingConfig } from './outgoing/outgoing-settings.js';

let key: string;
beforeAll(async () => {
  key = await makeDkimKey();
});

const zone = (txt: Record<string, string[]>, mx: string[] = []): DnsQuestions => ({
  txt: (name) => Promise.resolve(txt[name] ?? []),
  mx: () => Promise.resolve(mx.map((exchange) => ({ exchange, priority: 10 }))),
  cname: () => Promise.resolve([]),
});

const subject = (over: Partial<DnsSubject> = {}): DnsSubject => ({
  address: 'support@shop.example',
  smtpHost: 'mail.shop.example',
  outgoing: outgoingConfig.parse({ dkim: { selector: 'peyk' } }),
  dkimPrivateKey: key,
  receiverHost: null,
  ...over,
});

const statuses = async (dns: DnsQuestions, over: Partial<DnsSubject> = {}) =>
  Object.fromEntries((await checkDnsRecords(subject(over), dns)).map(({ purpose, status }) => [purpose, status]));

describe('the records of a domain', () => {
  it('are right when they say what they must', async () => {
    const dns = zone(
      {
        'shop.example': ['google-site-verification=1', 'v=spf1 mx a:mail.shop.example -all'],
        'peyk._domainkey.shop.example': [dkimRecord(key).replace('p=', 'p= ')],
        '_dmarc.shop.example': ['v=DMARC1; p=quarantine'],
      },
      ['mail.shop.example.'],
    );
    expect(await statuses(dns)).toEqual({ spf: 'ok', dkim: 'ok', dmarc: 'ok', mx: 'ok', return_path: 'ok' });
  });

  it('are missing from an empty zone, and each says what to copy', async () => {
    const records = await checkDnsRecords(subject({ receiverHost: 'desk.shop.example' }), zone({}));
    expect(records.map(({ purpose, name, type, status }) => [purpose, name, type, status])).toEqual([
      ['spf', 'shop.example', 'TXT', 'missing'],
      ['dkim', 'peyk._domainkey.shop.example', 'TXT', 'missing'],
      ['dmarc', '_dmarc.shop.example', 'TXT', 'missing'],
      ['mx', 'shop.example', 'MX', 'missing'],
      ['return_path', 'shop.example', 'MX', 'missing'],
    ]);
    expect(records.map(({ value }) => value)).toEqual([
      'v=spf1 a:mail.shop.example ~all',
      dkimRecord(key),
      'v=DMARC1; p=none; rua=mailto:postmaster@shop.example',
      '10 desk.shop.example',
      '10 desk.shop.example',
    ]);
  });

  it('name a server that has no name by its address', async () => {
    const values = await Promise.all(
      ['192.0.2.7', '[2001:db8::7]'].map(
        async (smtpHost) => (await checkDnsRecords(subject({ smtpHost }), zone({})))[0]?.value,
      ),
    );
    expect(values).toEqual(['v=spf1 ip4:192.0.2.7 ~all', 'v=spf1 ip6:2001:db8::7 ~all']);
  });

  it('are different when they say something else, and what is there already is kept', async () => {
    const dns = zone(
      {
        'shop.example': ['v=spf1 include:other.example -all'],
        'peyk._domainkey.shop.example': ['v=DKIM1; p='],
        '_dmarc.shop.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'],
      },
      ['mx.other.example'],
    );
    const over = { smtpHost: 'smtp.gmail.com' };
    expect(await statuses(dns, over)).toEqual({
      spf: 'different',
      dkim: 'different',
      dmarc: 'different',
      mx: 'different',
      return_path: 'different',
    });
    const [spf] = await checkDnsRecords(subject(over), dns);
    expect(spf?.value).toBe('v=spf1 include:other.example include:_spf.google.com -all');
  });

  it('are different when a domain has two SPF records, which then count for nothing', async () => {
    const dns = zone({ 'shop.example': ['v=spf1 a:mail.shop.example ~all', 'v=spf1 -all'] });
    expect((await statuses(dns))['spf']).toBe('different');
  });

  it('of a subdomain without a policy are under its parent’s', async () => {
    const dns = zone({ '_dmarc.shop.example': ['v=DMARC1; p=reject'] });
    expect((await statuses(dns, { address: 'a@help.shop.example' }))['dmarc']).toBe('ok');
  });

  it('are unknown while DNS does not answer, and while there is no key', async () => {
    const silent = () => Promise.reject(new Error('ETIMEOUT'));
    expect(await statuses({ txt: silent, mx: silent, cname: silent }, { dkimPrivateKey: undefined })).toEqual({
      spf: 'unknown',
      dkim: 'unknown',
      dmarc: 'unknown',
      mx: 'unknown',
      return_path: 'unknown',
    });
  });
});
