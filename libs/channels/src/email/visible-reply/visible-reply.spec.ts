import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from '../mime/html-to-text.js';
import { replyMarkerAttribute, replyMarkers } from '../outgoing/reply-marker.js';
import { visibleParts, visibleReply, type Range } from './visible-reply.js';

function shown(text: string, html: string | null = null): string {
  const parts = visibleParts(text, visibleReply({ text, html }));
  return parts
    .filter(({ isHidden }) => !isHidden)
    .map((part) => part.text)
    .join('\n');
}

const shownOf = (html: string) => shown(htmlToText(html).text, html);
const cut = (text: string, ranges: readonly Range[]) =>
  [...ranges].reverse().reduce((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), text);

describe('the visible reply of an HTML mail', () => {
  it.each([
    [
      'Gmail',
      '<div>Yes</div><div class="gmail_quote"><div class="gmail_attr">Xyz abc:</div><blockquote class="gmail_quote">old</blockquote></div>',
    ],
    ['Gmail without a block quote', 'Yes<div class="gmail_quote">Xyz abc:<div>old</div></div>'],
    [
      'Outlook on the web',
      '<div>Yes</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Xyz:</b> A</div><div>old</div>',
    ],
    ['Outlook, copied', '<div>Yes</div><div id="x_x_divRplyFwdMsg">Xyz: A</div><div>old</div>'],
    [
      'Outlook on the desktop',
      '<p>Yes</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> A<br><b>Gesendet:</b> heute<br><b>An:</b> B</p></div><p>old</p>',
    ],
    [
      'Outlook on the desktop in an unknown language',
      '<p>Yes</p><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Xyz:</b> A</p></div><p>old</p>',
    ],
    [
      'Outlook after it has read a quote of Gmail',
      '<p>Yes</p><p>On 3 May 2020 at 10:00, A wrote:</p><blockquote style="border:none;border-left:solid #CCCCCC 1.0pt"><p>old</p></blockquote>',
    ],
    ['the new Outlook', '<div>Yes</div><div id="mail-editor-reference-message-container"><div>Xyz: A</div>old</div>'],
    ['Outlook for Mac', 'Yes<span id="OLK_SRC_BODY_SECTION"><div>Xyz: A</div><div>old</div></span>'],
    ['Outlook Express', '<div>Yes</div><div class="OutlookMessageHeader">Xyz</div>old'],
    [
      'Thunderbird',
      '<p>Yes</p><div class="moz-cite-prefix">Xyz abc:<br></div><blockquote type="cite"><p>old</p></blockquote>',
    ],
    [
      'Apple Mail',
      '<div>Yes<br><blockquote type="cite">On 3 May 2020, at 10:00, A wrote:</blockquote><blockquote type="cite">old</blockquote></div>',
    ],
    ['Yahoo', '<div>Yes</div><div class="yahoo_quoted"><div>Xyz abc:</div><div>old</div></div>'],
    [
      'Proton',
      '<div>Yes</div><div class="protonmail_quote">Xyz<br><blockquote class="protonmail_quote" type="cite">old</blockquote></div>',
    ],
    ['a web mail', 'Yes<div><hr>From: a@example.com<br>Date: Fri, 23 Mar 2012<br>Subject: x<br><br>old</div>'],
    ['an unknown program', '<div>Yes</div><blockquote>old</blockquote>'],
    [
      'our own marker',
      `<div>Yes</div><div>12.3.2020 a@b.example:</div><div ${replyMarkerAttribute}="">x</div><p>old</p>`,
    ],
    [
      'a reply below the quote',
      '<div class="moz-cite-prefix">Xyz:</div><blockquote type="cite">old</blockquote><p>Yes</p>',
    ],
  ])('is found in the HTML of %s', (_, html) => {
    expect(shownOf(html)).toBe('Yes');
  });

  it.each([
    [
      'answers between',
      '<div class="gmail_quote"><div class="gmail_attr">Xyz:</div><blockquote>a?</blockquote><div>yes</div><blockquote>b?</blockquote><div>no</div></div>',
    ],
    [
      'a mail handed on',
      'Look<div class="gmail_quote">---------- Forwarded message ---------<br>From: a<br>text</div>',
    ],
    [
      'a mail handed on by Thunderbird',
      'Look<div class="moz-forward-container">-------- Xyz --------<br>From: a@b.example<br>Subject: c</div>',
    ],
    ['nothing but a quote', '<div class="gmail_quote">Xyz:<blockquote>old</blockquote></div>'],
    [
      'an indented block',
      '<p>Do</p><blockquote style="margin:0 0 0 40px;border:none">this</blockquote><p>then that</p>',
    ],
    [
      'a quote that somebody set above the answer to another',
      'Yes<blockquote>a saying</blockquote>'.replace('Yes', ''),
    ],
  ])('is all of it with %s', (_, html) => {
    const { text } = htmlToText(html);
    expect(visibleReply({ text, html })).toEqual([]);
  });

  it('falls back to the text when the HTML is another one', () => {
    const html = '<div>Other</div><div class="gmail_quote">Xyz<blockquote>old</blockquote></div>';
    expect(visibleReply({ text: 'Yes\n\nno quote here', html })).toEqual([]);
  });
});

describe('the visible reply of a plain text', () => {
  const old = '\n\nOn 3 May 2020 at 10:00, Shop <shop@example.com> wrote:\n> old\n> text\n';

  it.each([
    ['Yes', old],
    ['Yes\n\nSent from my iPhone', `\n\nSent from my iPhone${old}`],
    ['Yes', '\n-- \nMaryam\nShop'],
    ['Yes', '\n\nGet Outlook for iOS<https://aka.ms/o0ukef>'],
    ['Yes', '\n\nSent via the Samsung Galaxy S®4, an AT&T 4G LTE smartphone'],
    ['Yes', `\n\nQwe rty 3.5.2020 a@b.example:\n> ${replyMarkers.en}\n> old`],
    ['Yes', `\n\n${replyMarkers.en}\n\nold`],
    ['Yes', '\n\n12.3.2020 10:00, X <x@example.com> qwertete:\n\nold'],
    ['Yes', '\n\nOn 3 May 2020, Shop wrote:\n\nold'],
    ['Yes', '\n\n- Original message -\nold'],
    ['Yes', '\n\n> old one\n> old two\n> old three'],
    ['Yes', '\n\n##- Please type your reply above this line -##\n\nold'],
    ['Yes', '\n\nFrom: Bob\n<b@example.com>\n\nold'],
    ['Yes', '\n\n2016-03-03 17:21 GMT+01:00 Some One:\n\n> old'],
    ['Yes', `${old}\n---\nReply to this email directly or view it online:\nhttps://desk.example/1`],
    ['Yes', '\n\nOn 3 May 2020 at 10:00, A wrote:\n\n> see\n> View it (https://desk.example/a\n_nonce=3dd518)\n> bye'],
    ['reply\nbla - bla', '--- On Wed, Apr 4, 2012 at 3:59 PM, me@domain.com wrote:\n> Hi'],
  ])('is %j before %j', (reply, rest) => {
    expect(shown(reply.split('\n\nSent')[0] + rest)).toBe(reply.split('\n\nSent')[0]);
  });

  it.each([
    'FYI\n\n---------- Forwarded message ----------\nFrom: bob@example.com\nSubject: Two\n\nText',
    'On Monday:\n> red or blue?\nblue\n> big or small?\nsmall',
    'I see this at 10:30:\n> Error 500',
    'From: Berlin\nTo: Paris\nDate: 12 May 2020\nPlease book two seats.',
    'Sent from my desk, is much easier then my mobile phone.',
    'Hello\n\nSent from my desk, is much easier then my mobile phone.',
    'On 3 May 2021 your technician wrote:\n"It works." It does not.',
    'On Monday at 10:30 I wrote:\nplease cancel it',
    'Hi,\n\nThe price was 100 on 12/05/2016 at 10:00, John wrote it down:\nfirst item\nsecond item',
    'Order 1: red\n---\nOrder 2: blue\n---\nOrder 3: green',
    'Reply above this line, the form said, and I did.\nWhat now?',
    'I wrote to bob@example.com: no answer.\nWhat now?',
    'Order 1: red\n---\nOrder 2: blue',
    'Visit us:\n>>> >>>  http://www.example.com <<<\nby clicking above',
    'Hi,\n\nRegards,\nTom',
    'answers inline below\n\nFrom: a@example.com\nSubject: x\n\nred? blue',
    'SQL> select 1\n\nshows nothing',
    'On 3 May 2020 at 10:00, Shop <shop@example.com> wrote:\n> old',
    'Sent from my iPhone',
    '-- \nonly a signature',
    '',
    ' \n\n',
  ])('is all of %j', (text) => {
    expect(visibleReply({ text, html: null })).toEqual([]);
  });

  it('keeps what stands before and behind the quote, and says where the quote was', () => {
    const text = 'Hello,\nOn 3 May 2020 at 10:00, A <a@example.com> wrote:\n> old\n\nYes, please.';
    expect(visibleParts(text, visibleReply({ text, html: null }))).toEqual([
      { text: 'Hello,', isHidden: false },
      { text: 'On 3 May 2020 at 10:00, A <a@example.com> wrote:\n> old\n\n', isHidden: true },
      { text: 'Yes, please.', isHidden: false },
    ]);
  });

  it('counts lines that were wrapped out of a quote to it', () => {
    const long = `> ${'word '.repeat(14)}and`;
    const text = `Yes\n\nOn 3 May 2020 at 10:00, A <a@example.com> wrote:\n${long}\nso on.\n> more\n`;
    expect(shown(text)).toBe('Yes');
  });
});

const line = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '> quoted',
    '>> more',
    'Hello',
    'سلام، ممنون',
    '-- ',
    '--',
    '__',
    '>',
    'From: A <a@b.example>',
    'To: me',
    'Subject: x',
    'Sent: 3 May 2020 10:00',
    'On 3 May 2020 at 10:00, A <a@b.example> wrote:',
    'در تاریخ ۳ مهر ۱۴۰۲، ۱۰:۲۰ الف نوشت:',
    '-----Original Message-----',
    'Sent from my iPhone',
    replyMarkers.en,
    replyMarkers.fa,
    `> ${replyMarkers.en}`,
    'wrote:',
    '<a@b.example>',
    '________________',
    '\u202b> سلام\u202c',
    'x\r',
    '---------- Forwarded message ----------',
  ),
  fc.string({ maxLength: 30, unit: 'grapheme' }),
);
const texts = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));
const piece = fc.constantFrom(
  '<div>',
  '</div>',
  '<blockquote>',
  '<blockquote type=cite>',
  '</blockquote>',
  '<div class="gmail_quote">',
  '<hr>',
  'text',
  '<p>',
  '<div id="divRplyFwdMsg">',
  '<span>',
  '</span>',
  '<div class=gmail_attr>',
  'From: A',
  '<br>',
  '<!--',
  '-->',
  '<',
  '\ufdd0',
  '&#64976;',
  '<div data-peyk-reply>',
  '<style>',
  '</style>',
  '<div class="x_yahoo_quoted">',
  'On 3 May 2020 at 10:00, A wrote:',
);
const pages = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
const bodies = fc.oneof(
  texts.map((text) => ({ text, html: null as string | null })),
  pages.map((html) => ({ text: htmlToText(html).text, html })),
);

const optional = (...choices: string[]) => fc.constantFrom('', ...choices);
/** Mail as people write it: what may stand above and below a reply, in every combination. */
const mails = fc
  .tuple(
    optional('> red or blue?\n\n', 'On 3 May 2020 at 10:00, A <a@b.example> wrote:\n> red?\n\n'),
    fc.constantFrom('Blue.', 'سلام\nآبی لطفاً\n\nبا احترام', 'Order 1\n---\nOrder 2', 'Hi,\n\nfrom: Rome\nto: Paris'),
    optional('\n\n-- \nMaryam', '\n\n--\nMaryam\n+98 21 1234', '\n\nSent from my iPhone', '\n\nارسال‌شده از آیفون من'),
    optional(
      '\n\nOn 3 May 2020 at 10:00, A <a@b.example> wrote:\n> red or blue?\n>\n> A\n',
      '\n\n-----Original Message-----\nFrom: A\nTo: me\nSubject: x\n\nred or blue?\n-- \nA',
      '\n\nاز: الف\nارسال شده: شنبه ۱۰:۲۰\nبه: من\nموضوع: رنگ\n\nآبی؟',
      `\n\n${replyMarkers.en}\n\nred?`,
      '\n\n> red?\n> blue?\n> green?',
    ),
    optional('\n\n_____\nlist footer\nhttps://example.com', '\n\n\n'),
  )
  .map((parts) => parts.join(''));

describe('the hidden ranges', () => {
  it('lie in the text, in order, apart, and leave something to see wherever there is something', () => {
    fc.assert(
      fc.property(bodies, ({ text, html }) => {
        const ranges = visibleReply({ text, html });
        const ends = ranges.flat();
        expect(
          ends.every((end, index) => end >= 0 && end <= text.length && (index === 0 || end > (ends[index - 1] ?? 0))),
        ).toBe(true);
        expect(text.trim() === '' || cut(text, ranges).trim() !== '').toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('find nothing more in a text from which they are cut', () => {
    fc.assert(
      fc.property(mails, (text) => {
        const rest = cut(text, visibleReply({ text, html: null }));
        expect(visibleReply({ text: rest, html: null })).toEqual([]);
      }),
    );
  });

  it('are the same for the same mail', () => {
    fc.assert(fc.property(bodies, (body) => expect(visibleReply(body)).toEqual(visibleReply(body))));
  });
});

const hostile: [string, string][] = [
  ['colons', ':\n'],
  ['heads', 'From: a@b.example\nx\n'],
  ['verbs', 'wrote:\n'],
  ['dates', 'On 12 May 2020 at 10:00 x@y.example\n'],
  ['quotes', '> a\n'],
  ['answers between', '> a\nb\n'],
  ['device signatures', 'Sent from my iPhone\n'],
  ['cut addresses', '<\n\n<'],
  ['bidi controls', '\u202b\n'],
  ['rules', '_____\n\n'],
  ['one long line', 'On 1 wrote: <'],
];

describe('the time for hostile mail of 800 KB', () => {
  it.each(hostile)('grows no faster than %s do, and stays small', (_, unit) => {
    const [half, whole] = [400_000, 800_000].map((size) => measured(unit.repeat(size / unit.length), null)) as [
      number,
      number,
    ];
    expect(whole).toBeLessThan(200);
    expect(whole).toBeLessThan(Math.max(3 * half, half + 100));
  });

  it.each([
    '<blockquote>',
    '<div class="gmail_quote">',
    '<span></div>',
    '<blockquote>a</blockquote>b',
    '<div class="',
    '<script>',
    '<a "<>"',
  ])('grows no faster than a page of %s', (unit) => {
    const [half, whole] = [400_000, 800_000].map((size) => {
      const html = unit.repeat(size / unit.length);
      return measured(htmlToText(html).text, html);
    }) as [number, number];
    expect(whole).toBeLessThan(Math.max(3 * half, half + 400));
  });
});

/** The best of three runs in milliseconds of processor time, which neighbours on the machine disturb least. */
function measured(text: string, html: string | null): number {
  const runs = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    visibleReply({ text, html });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}
