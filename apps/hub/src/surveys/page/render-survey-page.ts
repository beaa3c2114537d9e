import { scoresOf, type SurveyKind } from '#tickets';
import { brandedPage } from '../../settings/brand/brand-page.js';
import type { Brand } from '../../settings/brand/brand.js';
import type { OpenQuestion } from '../survey-answers.query.js';
import { longestComment } from '../survey-answers.service.js';
import { labelOf, legendIn, questionIn, textIn, type Language } from '../survey-words.js';
import { escapeHtml } from '../../platform/html/escape-html.js';

type Closed = 'expired' | 'used' | 'unknown' | 'busy';

interface Words {
  title: string;
  comment: string;
  send: string;
  given: string;
  thanks: string;
  closed: Record<Closed, string>;
}

const words: Record<Language, Words> = {
  en: {
    title: 'How was it?',
    comment: 'Would you like to add anything?',
    send: 'Send',
    given: 'You have answered already. You can still change it for a few minutes.',
    thanks: 'Thank you for your answer.',
    closed: {
      expired: 'This question has expired. Thank you all the same: you can write to us at any time.',
      used: 'This question is answered already, and this link works once. Thank you: you can write to us at any time.',
      unknown: 'This link does not work. Check that the whole address was copied.',
      busy: 'Too many tries at once. Please wait a minute and open the link again.',
    },
  },
  fa: {
    title: 'چطور بود؟',
    comment: 'نکته‌ای هست که بخواهید اضافه کنید؟',
    send: 'ارسال',
    given: 'پیش‌تر پاسخ داده‌اید. تا چند دقیقه می‌توانید آن را عوض کنید.',
    thanks: 'از پاسخ شما سپاسگزاریم.',
    closed: {
      expired: 'زمان این پرسش گذشته است. به هر حال سپاسگزاریم؛ هر زمان بخواهید می‌توانید برای ما بنویسید.',
      used: 'به این پرسش پاسخ داده شده و این پیوند یک بار کار می‌کند. سپاسگزاریم؛ هر زمان بخواهید می‌توانید برای ما بنویسید.',
      unknown: 'این پیوند کار نمی‌کند. ببینید نشانی کامل رونویسی شده باشد.',
      busy: 'درخواست‌ها بیش از اندازه بود. یک دقیقه صبر کنید و پیوند را دوباره باز کنید.',
    },
  },
};

const style = `
body{font:1rem/1.7 system-ui,sans-serif;max-inline-size:36rem;margin:3rem auto;padding-inline:1rem;color:#1b1f24;background:#fff}
h1{font-size:1.25rem;line-height:1.5}fieldset{border:0;padding:0;margin:1rem 0}.scores{display:flex;flex-wrap:wrap;gap:.5rem}
.scores label{border:1px solid #8a94a3;border-radius:.6rem;padding:.5rem .8rem;min-inline-size:2.2rem;text-align:center;cursor:pointer}
.scores label:has(:checked){border-color:var(--accent);background:var(--accent);color:var(--on-accent);font-weight:600}
.scores label:has(:focus-visible){outline:3px solid #1b1f24;outline-offset:2px}
.scores input{position:absolute;opacity:0;inline-size:1px;block-size:1px}
.meta{color:#57606a;font-size:.9rem}textarea{display:block;inline-size:100%;box-sizing:border-box;font:inherit;padding:.5rem;margin-block:.3rem 1rem}
button{font:inherit;padding:.6rem 1.4rem;color:var(--on-accent);background:var(--accent);border:0;border-radius:.6rem;cursor:pointer}
section+section{border-block-start:1px solid #d5dae1;margin-block-start:1rem;padding-block-start:1rem}`;

/** A page and what may happen on it. */
export interface SurveyPageText {
  html: string;
  policy: string;
}

/** The question with a score chosen, ready to be sent. */
export function renderQuestion(brand: Brand, question: OpenQuestion, score: number): SurveyPageText {
  const language = languageOf(question);
  const say = words[language];
  const given = question.score === null ? '' : `<p class="meta">${say.given}</p>`;
  const prompt = textIn(language, question.commentPrompt) || say.comment;
  return frame(
    brand,
    language,
    `<h1 dir="auto">${escapeHtml(questionIn(language, question.kind, question.question))}</h1>${given}
<form method="post"><fieldset><legend class="meta">${escapeHtml(legendIn(language, question.kind))}</legend>
<div class="scores">${scores(question.kind, language, score)}</div></fieldset>
<label>${escapeHtml(prompt)}<textarea name="comment" rows="4" maxlength="${String(longestComment)}" dir="auto">${escapeHtml(question.comment)}</textarea></label>
<button>${say.send}</button></form>`,
  );
}

export function renderThanks(brand: Brand, question: OpenQuestion): SurveyPageText {
  const language = languageOf(question);
  return frame(
    brand,
    language,
    `<p role="status" dir="auto">${escapeHtml(textIn(language, question.thanks) || words[language].thanks)}</p>`,
  );
}

/** What a link that does not answer anything shows, in both languages: whose it is may be unknown. */
export function renderClosed(brand: Brand, why: Closed): SurveyPageText {
  const section = (language: Language): string =>
    `<section lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}"><p>${words[language].closed[why]}</p></section>`;
  return frame(brand, 'en', `${section('en')}${section('fa')}`);
}

function scores(kind: SurveyKind, language: Language, chosen: number): string {
  return scoresOf(kind)
    .map(
      (score) =>
        `<label><input type="radio" name="score" value="${String(score)}"${score === chosen ? ' checked' : ''}>${labelOf(language, kind, score)}</label>`,
    )
    .join('');
}

function frame(brand: Brand, language: Language, body: string): SurveyPageText {
  const { policy, head, foot, style: branded } = brandedPage(brand, language, style);
  const html = `<!doctype html><html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
<title>${words[language].title}</title><style>${branded}</style></head><body>${head}<main>${body}</main>${foot}</body></html>`;
  return { html, policy };
}

function languageOf({ locale }: OpenQuestion): Language {
  return locale.startsWith('fa') ? 'fa' : 'en';
}
