import { createHash } from 'node:crypto';
import type { ChoiceShown } from './choice-page.service.js';
import { escapeHtml } from '../../platform/html/escape-html.js';

type Language = 'en' | 'fa';

const words: Record<Language, Record<'title' | 'choose' | 'chosen' | 'old' | 'unknown' | 'busy', string>> = {
  en: {
    title: 'Your answer',
    choose: 'Choose this',
    chosen: 'Thank you, we have your answer. We will write to you by e-mail.',
    old: 'This menu is old. Please use the latest e-mail, or answer it in your own words.',
    unknown: 'This link does not work. Check that the whole address was copied.',
    busy: 'Too many tries at once. Please wait a minute and open the link again.',
  },
  fa: {
    title: 'پاسخ شما',
    choose: 'همین را انتخاب می‌کنم',
    chosen: 'سپاسگزاریم؛ پاسخ شما رسید. با ایمیل برای شما می‌نویسیم.',
    old: 'این فهرست قدیمی است. لطفاً از تازه‌ترین ایمیل استفاده کنید یا با کلمات خودتان پاسخ دهید.',
    unknown: 'این پیوند کار نمی‌کند. ببینید نشانی کامل رونویسی شده باشد.',
    busy: 'درخواست‌ها بیش از اندازه بود. یک دقیقه صبر کنید و پیوند را دوباره باز کنید.',
  },
};

const style = `
body{font:1rem/1.7 system-ui,sans-serif;max-inline-size:36rem;margin:3rem auto;padding-inline:1rem;color:#1b1f24;background:#fff}
h1{font-size:1.25rem;line-height:1.5}section+section{border-block-start:1px solid #d5dae1;margin-block-start:1rem;padding-block-start:1rem}
button{font:inherit;padding:.6rem 1.4rem;color:#fff;background:#0a58ca;border:0;border-radius:.6rem;cursor:pointer}
button:focus-visible{outline:3px solid #0a58ca;outline-offset:2px}`;

/** Nothing loads, nothing runs, nobody frames it; its own style is named by the hash of what is in it. */
export const choicePagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** The option with the button that chooses it, thanks for it, or why it chooses nothing: then in both languages, for nobody is known. */
export function renderChoice(shown: ChoiceShown): string {
  switch (shown.is) {
    case 'choice': {
      const language = languageOf(shown.menu.locale);
      const form = `<form method="post"><button>${words[language].choose}</button></form>`;
      return frame(language, `<h1 dir="auto">${escapeHtml(shown.menu.label)}</h1>${form}`);
    }
    case 'chosen': {
      const language = languageOf(shown.menu.locale);
      return frame(language, `<p role="status">${words[language].chosen}</p>`);
    }
    case 'old':
    case 'unknown':
    case 'busy':
      return frame('en', closed('en', shown.is) + closed('fa', shown.is));
  }
}

function closed(language: Language, why: 'old' | 'unknown' | 'busy'): string {
  return `<section lang="${language}" dir="${directionOf(language)}"><p>${words[language][why]}</p></section>`;
}

function frame(language: Language, body: string): string {
  return `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
<title>${words[language].title}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'fa' ? 'rtl' : 'ltr';
}

function languageOf(locale: string): Language {
  return locale.startsWith('fa') ? 'fa' : 'en';
}
