import { scaleOf, scoresOf, type SurveyKind, type TwoTexts } from '#tickets';

export type Language = 'en' | 'fa';

const words = {
  en: {
    question: {
      csat: 'How satisfied are you with the help you got?',
      nps: 'How likely are you to recommend us to a friend or colleague?',
      ces: 'How easy was it to get your matter settled?',
    },
    ends: {
      csat: ['very bad', 'very good'],
      nps: ['not at all likely', 'very likely'],
      ces: ['very hard', 'very easy'],
    },
    reply: (min: string, max: string, ends: readonly string[]) =>
      `Reply with a number from ${min} (${ends[0] ?? ''}) to ${max} (${ends[1] ?? ''}).`,
    legend: (min: string, max: string, ends: readonly string[]) =>
      `${min}: ${ends[0] ?? ''} · ${max}: ${ends[1] ?? ''}`,
    choose: 'Choose a score:',
    stop: 'Ask me no more of such questions:',
    late: 'This question is closed. Thank you all the same.',
    followUp: (score: string, max: string, ticket: string) => `Low score: ${score} of ${max} on ticket ${ticket}`,
  },
  fa: {
    question: {
      csat: 'از کمکی که گرفتید چقدر راضی هستید؟',
      nps: 'چقدر احتمال دارد ما را به دوست یا همکارتان پیشنهاد کنید؟',
      ces: 'حل شدن موضوعتان چقدر برایتان آسان بود؟',
    },
    ends: {
      csat: ['خیلی بد', 'خیلی خوب'],
      nps: ['به هیچ وجه', 'حتماً'],
      ces: ['خیلی سخت', 'خیلی آسان'],
    },
    reply: (min: string, max: string, ends: readonly string[]) =>
      `عددی از ${min} (${ends[0] ?? ''}) تا ${max} (${ends[1] ?? ''}) بفرستید.`,
    legend: (min: string, max: string, ends: readonly string[]) =>
      `${min}: ${ends[0] ?? ''} · ${max}: ${ends[1] ?? ''}`,
    choose: 'امتیاز خود را انتخاب کنید:',
    stop: 'دیگر چنین پرسشی برایم نفرستید:',
    late: 'این پرسش بسته شده است. به هر حال سپاسگزاریم.',
    followUp: (score: string, max: string, ticket: string) => `امتیاز پایین: ${score} از ${max} برای تیکت ${ticket}`,
  },
} as const;

const faces = ['😡', '😞', '😐', '😊', '😀'];

/** A number in the digits of a language. */
export function numberIn(language: Language, value: number): string {
  return new Intl.NumberFormat(language === 'fa' ? 'fa-IR-u-nu-arabext' : 'en-GB', { useGrouping: false }).format(
    value,
  );
}

/** The text for readers of a language, the other one where it has none; '' where it has neither. */
export function textIn(language: Language, texts: Partial<TwoTexts>): string {
  const [own, other] = language === 'fa' ? [texts.fa, texts.en] : [texts.en, texts.fa];
  return own?.trim() || other?.trim() || '';
}

export function questionIn(language: Language, kind: SurveyKind, question: Partial<TwoTexts>): string {
  return textIn(language, question) || words[language].question[kind];
}

function endsOf(language: Language, kind: SurveyKind): [string, string, readonly string[]] {
  const { min, max } = scaleOf(kind);
  return [numberIn(language, min), numberIn(language, max), words[language].ends[kind]];
}

/** A score as it stands on a button. */
export function labelOf(language: Language, kind: SurveyKind, score: number): string {
  const number = numberIn(language, score);
  return kind === 'csat' ? `${faces[score - 1] ?? ''} ${number}` : number;
}

/** What the ends of a scale mean. */
export function legendIn(language: Language, kind: SurveyKind): string {
  return words[language].legend(...endsOf(language, kind));
}

/** The question where scores are buttons. Faces need no words. */
export function askedWithButtons(language: Language, kind: SurveyKind, question: string): string {
  return kind === 'csat' ? question : `${question}\n${legendIn(language, kind)}`;
}

/** The question where scores are typed. */
export function askedForDigits(language: Language, kind: SurveyKind, question: string): string {
  return `${question}\n${words[language].reply(...endsOf(language, kind))}`;
}

/** The question in a mail. `linkOf`: where a score is given; `stopAt`: where such mails are refused; null: nowhere. */
export function askedByMail(
  language: Language,
  kind: SurveyKind,
  { question, linkOf, stopAt }: { question: string; linkOf: (score: number) => string; stopAt: string | null },
): string {
  const { choose, stop } = words[language];
  const [, , [lowest, highest]] = endsOf(language, kind);
  const { min, max } = scaleOf(kind);
  const meaning = (score: number): string =>
    score === min ? ` (${lowest ?? ''})` : score === max ? ` (${highest ?? ''})` : '';
  const links = scoresOf(kind).map((score) => `${labelOf(language, kind, score)}${meaning(score)}\n${linkOf(score)}`);
  return [question, choose, ...links, ...(stopAt === null ? [] : [`${stop}\n${stopAt}`])].join('\n\n');
}

/** For whoever presses a button too late. */
export function lateWords(language: Language): string {
  return words[language].late;
}

/** The title of the ticket that looks after a low score. */
export function followUpTitle(
  language: Language,
  { kind, score, ticket }: { kind: SurveyKind; score: number; ticket: number },
): string {
  return words[language].followUp(
    numberIn(language, score),
    numberIn(language, scaleOf(kind).max),
    numberIn(language, ticket),
  );
}
