import { describe, expect, it } from '@jest/globals';
import { remoteMark, sanitizeMailHtml } from './sanitize-mail-html.js';

const clean = async (html: string) =>
  (await sanitizeMailHtml(html, { cidUrl: (id) => (id === 'a@x' ? '/files/1' : null) }))?.html;

describe('the sanitizer of mails', () => {
  it.each([
    ['keeps direction and language', '<p dir="rtl" lang="fa">سلام</p>', '<p dir="rtl" lang="fa">سلام</p>'],
    [
      'keeps the direction of the whole page',
      '<html dir=rtl><body dir="rtl">x</body></html>',
      '<div dir="rtl"><div dir="rtl">x</div></div>',
    ],
    [
      'keeps the look of words',
      '<span style="color:#f00;font-size:12px!important">x</span>',
      '<span style="color:#f00;font-size:12px !important">x</span>',
    ],
    ['keeps colours by function', '<b style="color:rgb(1, 2, 3)">x</b>', '<b style="color:rgb(1, 2, 3)">x</b>'],
    ['drops styles that load', '<b style="background:url(//x);color:red">x</b>', '<b style="color:red">x</b>'],
    [
      'drops styles that hide what they load',
      '<b style="background:\\75rl(//x);width:expression(1)">x</b>',
      '<b>x</b>',
    ],
    [
      'drops styles that cover the page',
      '<div style="position:fixed;top:0;color:red">x</div>',
      '<div style="color:red">x</div>',
    ],
    ["shows the mail's own images", '<img src="cid:a@x" alt="a">', '<img alt="a" src="/files/1" />'],
    ['shows a name for images that are not there', '<img src="cid:b@x" alt="b">', '<img alt="b" />'],
    ['drops images of others', 'a<img src="https://x.example/p.gif">b', 'ab'],
    ['drops images that say nothing of their server', '<img src="//x.example/p.gif"><img src="/api/me">', ''],
    [
      'opens links apart',
      '<a href="https://x.example/" target=_top onclick="x()">l</a>',
      '<a target="_blank" href="https://x.example/" rel="noopener noreferrer nofollow">l</a>',
    ],
    ['drops links that run', '<a href="java\tscript:x()">l</a><a href="data:text/html,x">m</a>', '<a>l</a><a>m</a>'],
    [
      'drops what runs with all it holds',
      'a<script>x</script><style>y</style><noscript>z</noscript><title>t</title>b',
      'ab',
    ],
    ['keeps the words of a form', '<form action=x>Name <input name=q><button>Go</button></form>', 'Name Go'],
    ['keeps the words of a drawing', '<svg onload=x><text>words</text></svg>', 'words'],
    ['drops names that others could be reached by', '<p id=app class=x name=y data-z=1>x</p>', '<p>x</p>'],
  ])('%s', async (_, html, expected) => {
    expect(await clean(html)).toBe(expected);
  });

  it('keeps the places of images of others when somebody asks for them, and no address of theirs', async () => {
    const page = '<img src="https://x.example/p.gif"><img src="http://y.example/2"><img src="https://x.example/p.gif">';
    const kept = await sanitizeMailHtml(page, { cidUrl: () => null, images: true });
    expect(kept?.remote).toEqual(['https://x.example/p.gif', 'http://y.example/2']);
    expect([...(kept?.html.matchAll(remoteMark) ?? [])].map(([, at]) => at)).toEqual(['0', '1', '0']);
    expect(kept?.html).not.toMatch(/[xy]\.example/u);
  });

  it('keeps no more places than a page may have', async () => {
    const page = Array.from({ length: 100 }, (_, at) => `<img src="https://x.example/${at}">`).join('');
    const kept = await sanitizeMailHtml(page, { cidUrl: () => null, images: true });
    expect([kept?.remote.length, kept?.blocked]).toEqual([60, 40]);
  });

  it('counts the images that it takes out', async () => {
    const page =
      '<img src="http://x.example/1"><img src="https://x.example/2"><img src="cid:a@x"><img src="data:image/gif;base64,R0lG">';
    expect(await sanitizeMailHtml(page, { cidUrl: () => null })).toMatchObject({ blocked: 2, isCut: false });
  });

  it('keeps pictures inside the page, and no other data', async () => {
    const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(200_000)}`;
    const kept = await sanitizeMailHtml(`<img src="${picture}"><img src="data:image/svg+xml;base64,PHN2Zz4=">`, {
      cidUrl: () => null,
    });
    expect(kept).toEqual({ html: `<img src="${picture}" />`, blocked: 0, remote: [], isCut: false });
  });

  it('follows no more than 5,000 links', async () => {
    const html = await clean('<a href="https://x.example/">l</a>'.repeat(6_000));
    expect(html?.match(/href=/g)).toHaveLength(5_000);
    expect(html?.match(/<a/g)).toHaveLength(6_000);
  });

  it('cuts a page at a million letters, before a tag, and says so', async () => {
    const cut = await sanitizeMailHtml('<p>0123456789</p>'.repeat(100_000), { cidUrl: () => null });
    expect([cut?.isCut, cut?.html.endsWith('</p>'), (cut?.html.length ?? 0) <= 1_000_010]).toEqual([true, true, true]);
  });

  it('gives up on a page that is nested deeper than people write', async () => {
    expect(await sanitizeMailHtml('<div>'.repeat(5_000), { cidUrl: () => null })).toBeNull();
  });

  it.each(['<font>', '<td><p>', '<li><b>', '<o:p>'])('gives up on a page that nests %s as deep', async (unit) => {
    expect(await sanitizeMailHtml(unit.repeat(5_000), { cidUrl: () => null })).toBeNull();
  });

  it.each(['<p>x', '<li>x', '<tr><td>x', '<dt>a<dd>b', '<font size=2>x</font>', '<td>x', '<div><p>x</div>'])(
    'takes %s after each other for no nesting',
    async (unit) => {
      expect(await sanitizeMailHtml(unit.repeat(2_000), { cidUrl: () => null })).not.toBeNull();
    },
  );

  it('leaves what a text says about pictures in it', async () => {
    expect(await clean('<p>See data:image/png;base64,AAAA and then</p>')).toBe(
      '<p>See data:image/png;base64,AAAA and then</p>',
    );
  });

  it.each([
    '"data:image/png;base64,iVBO\r\n Rw0K"',
    "'data:image/png;base64,iVBORw0K'",
    'data:image/png;base64,iVBORw0K',
  ])('keeps the picture of src=%s', async (source) => {
    expect(await clean(`<img src=${source}>`)).toBe('<img src="data:image/png;base64,iVBORw0K" />');
  });

  it('cleans a page of the largest size in time', async () => {
    for (const unit of [
      '<p style="color:red;margin:1px"><b>x</b></p>',
      '<',
      '<a ',
      '<img src="',
      '&',
      '<table><td>',
      'style="rgb(',
      '<td><font>',
      '="data:image/png;base64,AA ',
    ]) {
      const from = process.cpuUsage();
      await sanitizeMailHtml(unit.repeat(Math.floor(1_000_000 / unit.length)), { cidUrl: () => null });
      expect(process.cpuUsage(from).user).toBeLessThan(5_000_000);
    }
  });
});
