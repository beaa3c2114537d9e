import type { SurveyKind } from '#contract';

export type Language = 'en' | 'fa';

/** What the hub says where a survey has no words of its own: shown in the preview, in whichever language its reader has. */
const questions: Record<Language, Record<SurveyKind, string>> = {
  en: {
    csat: 'How satisfied are you with the help you got?',
    nps: 'How likely are you to recommend us to a friend or colleague?',
    ces: 'How easy was it to get your matter settled?',
  },
  fa: {
    csat: 'از کمکی که گرفتید چقدر راضی هستید؟',
    nps: 'چقدر احتمال دارد ما را به دوست یا همکارتان پیشنهاد کنید؟',
    ces: 'حل شدن موضوعتان چقدر برایتان آسان بود؟',
  },
};

const ends: Record<Language, Record<SurveyKind, [lowest: string, highest: string]>> = {
  en: {
    csat: ['very bad', 'very good'],
    nps: ['not at all likely', 'very likely'],
    ces: ['very hard', 'very easy'],
  },
  fa: {
    csat: ['خیلی بد', 'خیلی خوب'],
    nps: ['به هیچ وجه', 'حتماً'],
    ces: ['خیلی سخت', 'خیلی آسان'],
  },
};

const scales: Record<SurveyKind, [least: number, most: number]> = { csat: [1, 5], nps: [0, 10], ces: [1, 7] };
const faces = ['😡', '😞', '😐', '😊', '😀'];

export function scoresOf(kind: SurveyKind): number[] {
  const [least, most] = scales[kind];
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** What a reader of a language gets: their own words, else the other language's, else the hub's for a question. */
export function shownText(language: Language, texts: { en: string; fa: string }): string {
  const other = language === 'fa' ? texts.en : texts.fa;
  return texts[language].trim() || other.trim();
}

export function shownQuestion(language: Language, kind: SurveyKind, texts: { en: string; fa: string }): string {
  return shownText(language, texts) || questions[language][kind];
}

function digitsIn(language: Language, value: number): string {
  return language === 'fa'
    ? String(value).replace(/\d/gu, (digit) => String.fromCodePoint(0x06f0 + Number(digit)))
    : String(value);
}

/** Scores as they stand on buttons. */
export function buttonsIn(language: Language, kind: SurveyKind): string[] {
  return scoresOf(kind).map((score) => {
    const number = digitsIn(language, score);
    return kind === 'csat' ? `${faces[score - 1] ?? ''} ${number}` : number;
  });
}

/** What stands below the question where scores are typed. */
export function digitsLine(language: Language, kind: SurveyKind): string {
  const [least, most] = scales[kind].map((score) => digitsIn(language, score)) as [string, string];
  const [lowest, highest] = ends[language][kind];
  return language === 'fa'
    ? `عددی از ${least} (${lowest}) تا ${most} (${highest}) بفرستید.`
    : `Reply with a number from ${least} (${lowest}) to ${most} (${highest}).`;
}

/** What the ends mean, where faces do not say it. */
export function legendIn(language: Language, kind: SurveyKind): string {
  const [least, most] = scales[kind].map((score) => digitsIn(language, score)) as [string, string];
  const [lowest, highest] = ends[language][kind];
  return kind === 'csat' ? '' : `${least}: ${lowest} · ${most}: ${highest}`;
}
