import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttachmentView, MessageView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';

let scene: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);
afterAll(() => scene.close());

interface Read {
  id: string;
  message: MessageView;
  /** What is left when the parts that repeat or sign are folded away, as the console shows it. */
  visible: string;
}

/** A mail over SMTP, and what an agent then has before them. */
async function receive(head: Record<string, string>, body: string | Uint8Array): Promise<Read> {
  count += 1;
  const from = `reader${count}@example.org`;
  const lines = Object.entries({ From: from, To: worldMailbox, 'Message-ID': `<r${count}@example.org>`, ...head }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const raw = Buffer.concat([Buffer.from(`${lines.join('')}\r\n`), Buffer.from(body)]);
  await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, { from, to: worldMailbox, raw });
  const [row] = await scene.hub.database.query<{ conversation: string }>(
    `select c.id as conversation from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
    [from],
  );
  const { messages } = await openConversation(scene.agent, (row as { conversation: string }).conversation);
  const message = messages.find(({ mail }) => mail !== null) as MessageView;
  const hidden = (message.mail?.hidden ?? []).toReversed();
  const visible = hidden.reduce((text, [start, end]) => text.slice(0, start) + text.slice(end), message.body);
  return { id: message.id, message, visible: visible.trim() };
}

const multipart = (type: string, ...parts: string[]) => ({
  head: { 'MIME-Version': '1.0', 'Content-Type': `multipart/${type}; boundary=b` },
  body: `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
});

/** The signs of a code page by their byte, turned round. */
function encode(text: string, charset: string): Buffer {
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const bytes = new Map(all.map((byte) => [new TextDecoder(charset).decode(Uint8Array.of(byte)), byte]));
  return Buffer.from(Array.from(text, (sign) => bytes.get(sign) ?? 0x3f));
}

/** A winmail.dat with one file, as Outlook writes it: attributes of level, id, length, content and check sum. */
function winmail(name: string, content: string): Buffer {
  const attribute = (level: number, id: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUInt8(level, 0);
    head.writeUInt32LE(id, 1);
    head.writeUInt32LE(value.length, 5);
    const check = Buffer.alloc(2);
    check.writeUInt16LE(value.reduce((sum, byte) => (sum + byte) & 0xffff, 0));
    return Buffer.concat([head, value, check]);
  };
  return Buffer.concat([
    Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
    attribute(1, 0x00089006, Buffer.from([0, 0, 1, 0])),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from(`${name}\0`)),
    attribute(2, 0x0006800f, Buffer.from(content)),
  ]);
}

const page = async ({ id }: Read) => (await scene.agent.call(`/api/messages/${id}/html`)).text;
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('the text of a mail, before an agent,', () => {
  it('is readable in windows-1256, though its header names no charset', async () => {
    const { message } = await receive(
      { Subject: 'order', 'Content-Type': 'text/plain' },
      encode('سلام، سفارش ما را چه روز تحویل خواهند داد؟'.replaceAll('ی', 'ي'), 'windows-1256'),
    );
    expect(message.body).toBe('سلام، سفارش ما را چه روز تحويل خواهند داد؟');
  });

  it('is readable where only the page itself names its charset', async () => {
    const html = '<html><head><meta charset="windows-1251"></head><body><p>Где мой заказ?</p></body></html>';
    const { message, ...read } = await receive(
      { Subject: 'order', 'Content-Type': 'text/html' },
      encode(html, 'windows-1251'),
    );
    expect(message.body).toBe('Где мой заказ?');
    expect(await page({ message, ...read })).toContain('Где мой заказ?');
  });

  it('is without the quote that Gmail sets below an answer in Persian, which is one click away', async () => {
    const quoted = 'در تاریخ دوشنبه ۲۰ مهر ۱۴۰۴ ساعت ۱۰:۳۲ پشتیبانی فروشگاه <support@peyk.test> نوشت:';
    const { message, visible } = await receive(
      { Subject: 'Re: order', 'Content-Type': 'text/html; charset=utf-8' },
      `<div dir="rtl">بله، همان نشانی درست است.</div><br><div class="gmail_quote gmail_quote_container"><div dir="rtl" class="gmail_attr">${quoted.replace('<', '&lt;').replace('>', '&gt;')}<br></div><blockquote class="gmail_quote">نشانی شما همان است؟</blockquote></div>`,
    );
    expect(visible).toBe('بله، همان نشانی درست است.');
    expect(message.body).toContain('نشانی شما همان است؟');
    const plain = await receive(
      { Subject: 'Re: order', 'Content-Type': 'text/plain; charset=utf-8' },
      `بله، همان نشانی درست است.\r\n\r\n${quoted}\r\n\r\n> نشانی شما همان است؟\r\n`,
    );
    expect(plain.visible).toBe('بله، همان نشانی درست است.');
  });
});

describe('the files of a mail, before an agent,', () => {
  const download = async ({ url }: AttachmentView) => (await scene.agent.call(url)).text;

  it('hold a picture that the page names by its content id, whose part says nothing of where it belongs', async () => {
    const { head, body } = multipart(
      'related',
      'Content-Type: text/html\r\n\r\n<p>the crack <img src="cid:crack@x"></p>',
      `Content-Type: image/png; name=crack.png\r\nContent-ID: <crack@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${pixel}`,
    );
    const read = await receive({ Subject: 'broken', ...head }, body);
    expect(await page(read)).toContain(`src="data:image/png;base64,${pixel}"`);
  });

  it('hold a picture that claims to be inside the page and is named nowhere in it', async () => {
    const { head, body } = multipart(
      'mixed',
      'Content-Type: text/plain\r\n\r\nsee the picture',
      `Content-Type: image/png; name=loose.png\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n${pixel}`,
    );
    const { message } = await receive({ Subject: 'broken', ...head }, body);
    expect(message.attachments.map(({ name, state }) => [name, state])).toEqual([['loose.png', 'stored']]);
  });

  it('are those inside a winmail.dat, which itself is none', async () => {
    const content = winmail('invoice.txt', 'twelve euros').toString('base64');
    const { head, body } = multipart(
      'mixed',
      'Content-Type: text/plain\r\n\r\nthe invoice',
      `Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`,
    );
    const { message } = await receive({ Subject: 'invoice', ...head }, body);
    expect(message.attachments.map(({ name }) => name)).toEqual(['invoice.txt']);
    expect(await download(message.attachments[0] as AttachmentView)).toBe('twelve euros');
  });
});

describe('the page of a hostile mail, before an agent,', () => {
  it('has no script, no form and nothing that would call its sender', async () => {
    const read = await receive(
      { Subject: 'win', 'Content-Type': 'text/html; charset=utf-8' },
      '<p onclick="steal()">prize</p><script>steal()</script><img src="https://spy.example/pixel.gif" onerror="steal()"><form action="https://spy.example/"><input name="password"><button>go</button></form><a href="javascript:steal()">win</a>',
    );
    const { text, headers } = await scene.agent.call(`/api/messages/${read.id}/html`);
    expect(text).toContain('prize');
    expect(text).not.toMatch(/steal|spy\.example|<form|<input|<script|onclick|javascript:/iu);
    expect(headers.get('x-blocked-images')).toBe('1');
    expect(read.message.body).not.toContain('steal');
  });
});

describe('a mail of forty megabytes', () => {
  it('is refused at the door with the limit named, and the next mail is taken', async () => {
    const from = 'heavy@example.org';
    const raw = Buffer.concat([
      Buffer.from(`From: ${from}\r\nSubject: heavy\r\n\r\n`),
      Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(42_000)),
    ]);
    const port = scene.hub.app.get(MailReceiver).port as number;
    const refused = scene.world.mail.writeTo(port, { from, to: worldMailbox, raw });
    await expect(refused).rejects.toMatchObject({
      responseCode: 552,
      message: expect.stringContaining(String(35 * 1024 * 1024)),
    });
    const { message } = await receive({ Subject: 'light' }, 'light');
    expect(message.body).toBe('light');
  }, 30_000);
});
