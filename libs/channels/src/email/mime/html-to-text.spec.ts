import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from './html-to-text.js';

describe('htmlToText', () => {
  it.each([
    ['<p>سلام&zwnj;علیک</p><p>خوبید؟</p>', 'سلام‌علیک\n\nخوبید؟'],
    ['one<br>two<BR/>three', 'one\ntwo\nthree'],
    ['<div>a</div><div>b</div>', 'a\n\nb'],
    ['<ul><li>first<li>second</ul>after', '- first\n- second\n\nafter'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a\tb\n\nc'],
    ['<head><title>T</title><style>p{color:red}</style></head><body>seen', 'seen'],
    ['a<script>alert("</p>")</script>b', 'ab'],
    ['a<!-- <p>hidden</p> -->b', 'ab'],
    ['&lt;b&gt; &amp;amp; &#1587;&#x644; &unknown; &', '<b> &amp; سل &unknown; &'],
    ['2 < 3 and 4 > 1', '2 < 3 and 4 > 1'],
    ['<a title="x > y" href=\'#\'>link</a>', 'link'],
    ['<a title="never closed>text</a> more', 'text more'],
    ['<style>never closed <p>still here', 'never closed\n\nstill here'],
    ['a<?xml version="1"?><!DOCTYPE html>b', 'ab'],
    ['  lots \n\n of\t space  ', 'lots of space'],
    ['<blockquote>&gt; quoted</blockquote>', '> quoted'],
    ['İİ<p>one</p><style>p{}</style><b>İ</b>two', 'İİ\n\none\n\nİtwo'],
    [`${'İ'.repeat(40)}<STYLE>p{}</STYLE><DIV>two</DIV>`, `${'İ'.repeat(40)}\n\ntwo`.replace('\n\n', '\n')],
    ['', ''],
  ])('reads %j', (html, text) => {
    expect(htmlToText(html).text).toBe(text);
  });

  it('keeps the lines of preformatted text', () => {
    expect(htmlToText('<pre>one\n  two\n\n\n\nthree</pre>').text).toBe('one\ntwo\n\nthree');
  });

  it.each([
    [
      '<p>Yes</p><div class="gmail_quote">On Monday<blockquote>Old</blockquote></div><p>Below</p>',
      ['On Monday\n\nOld'],
    ],
    [
      'Yes<blockquote type="cite">a<blockquote type=cite>b</blockquote>c</blockquote>mine<blockquote>no',
      ['a\n\nb\n\nc'],
    ],
    ['Yes<div id="x_divRplyFwdMsg">From: me</div><div>Old</div>', ['From: me\n\nOld']],
    ["Yes<div class='foo moz-cite-prefix'>On Monday</div><blockquote type='cite'>Old", ['On Monday\n\nOld']],
    ['<p class="gmail_quoted">Nothing</p><div data-x="class=gmail_quote">of it</div>', []],
  ])('says what mail programs repeated in %j', (html, parts) => {
    const { text, quoted } = htmlToText(html);
    expect(quoted.map(([from, to]) => text.slice(from, to).trim())).toEqual(parts);
  });

  it('answers for any text, without a NUL or half a sign of its own making', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '<',
            '>',
            '"',
            "'",
            '&',
            '#',
            'x',
            ';',
            '/',
            '!',
            '-',
            'p',
            'style',
            'a ',
            ' ',
            '0',
            'ی',
          ),
        }),
        (html) => {
          expect(htmlToText(html).text.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it.each([
    '<div>',
    '<',
    '<a "',
    '<a ">',
    '<!--',
    '<style>',
    '&',
    '&#',
    '</',
    '<a title="',
    '<table><td>',
    '<p ',
    '<x"y>',
    "<a '>",
    '<a "<>"',
    `<a ${'"<>"'.repeat(99)}`,
    `<a "<>${'x'.repeat(1_990)}"`,
  ])('gets through a page full of %j', (unit) => {
    const page = unit.repeat(Math.floor(2_000_000 / unit.length));
    const before = process.cpuUsage();
    htmlToText(page);
    // Work that grows with the square of the length would take minutes here; of the processor, which neighbours do not use up.
    expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
  });

  it('keeps the spaces around marks inside a line', () => {
    expect(htmlToText('<p>the <b>blue</b> one, <i>not</i> <a href="#">that</a> one</p>').text).toBe(
      'the blue one, not that one',
    );
  });
});
