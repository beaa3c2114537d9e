import type { Script } from '../script/script.js';
import type { Locale } from '../script/terms.js';
import { foldWords, hasPhrase } from './folded-words.js';

/** What everybody may say at any question. A script adds words and a way of its own by an intent of the same name. */
export type BuiltInIntent = 'agent' | 'stop' | 'menu' | 'language';

export interface FoundBuiltIn {
  intent: BuiltInIntent;
  /** The language that is asked for; null: any other. */
  locale: Locale | null;
}

const joined = (phrase: string): string => foldWords(phrase).joined;
const phrases = (list: string): string[] => list.split('|').map(joined);

/** Both languages at once: who is answered in the wrong one uses the other. */
const whole: [FoundBuiltIn, string[]][] = [
  [
    { intent: 'agent', locale: null },
    phrases(
      `agent|human|operator|representative|person|real person|live agent|support agent|talk to agent|talk to an agent|talk to a human|
      talk to a person|talk to someone|speak to agent|speak to an agent|speak to a human|speak to someone|customer service|help me|
      کارشناس|اپراتور|پشتیبان|انسان|آدم|آدم واقعی|صحبت با کارشناس|گفتگو با کارشناس|صحبت با اپراتور|ارتباط با کارشناس|اتصال به کارشناس|
      وصل کن به کارشناس|وصلم کن به کارشناس|می‌خواهم با کارشناس صحبت کنم|می‌خوام با کارشناس صحبت کنم|می‌خوام با یه نفر صحبت کنم|با یه نفر صحبت کنم|می‌خواهم با کسی صحبت کنم|می‌خوام با کسی صحبت کنم|
      با کسی صحبت کنم|می‌خواهم با یک نفر صحبت کنم|مسئول|پاسخگو`,
    ),
  ],
  [
    { intent: 'stop', locale: null },
    phrases(
      `stop|cancel|quit|exit|end|bye|goodbye|nothing|never mind|nevermind|لغو|توقف|خروج|انصراف|پایان|کافیه|بیخیال|بی‌خیال|خداحافظ|هیچی|ولش کن`,
    ),
  ],
  [
    { intent: 'menu', locale: null },
    phrases(
      `menu|main menu|start|start over|restart|begin|home|back to menu|options|منو|منوی اصلی|شروع|شروع دوباره|از اول|بازگشت به منو|برگشت به منو|فهرست|صفحه اصلی`,
    ),
  ],
  [
    { intent: 'language', locale: 'en' },
    phrases(`english|in english|english please|switch to english|انگلیسی|به انگلیسی|زبان انگلیسی`),
  ],
  [
    { intent: 'language', locale: 'fa' },
    phrases(`persian|farsi|in persian|in farsi|switch to persian|فارسی|به فارسی|زبان فارسی|فارسی لطفا`),
  ],
  [
    { intent: 'language', locale: null },
    phrases(`language|change language|switch language|زبان|تغییر زبان|عوض کردن زبان`),
  ],
];

/** Words that ask for a person wherever they stand in a short text. */
const anywhere = phrases(
  `real person|human being|human agent|an agent|the agent|operator|representative|کارشناس|اپراتور|پشتیبان|آدم واقعی|یک انسان|یه آدم`,
);
const mostWords = 10;

/** The built-in intent that a text is, nothing else being in it. */
export function wholeBuiltIn(script: Script, text: string): FoundBuiltIn | null {
  const words = foldWords(text);
  const own = ownPhrases(script, words.joined);
  const found = own ?? whole.find(([, list]) => words.joined !== '' && list.includes(words.joined))?.[0] ?? null;
  return found && isOffered(script, found) ? found : null;
}

/** Whether somebody asks for a person in a short sentence that means nothing else. */
export function asksForAgent(text: string): boolean {
  const words = foldWords(text);
  return words.key.split(' ').length <= mostWords && anywhere.some((phrase) => hasPhrase(words, phrase));
}

function isOffered(script: Script, { intent, locale }: FoundBuiltIn): boolean {
  return intent !== 'language' || (script.locales.length > 1 && (locale === null || script.locales.includes(locale)));
}

function ownPhrases(script: Script, text: string): FoundBuiltIn | null {
  for (const intent of ['agent', 'stop', 'menu', 'language'] as const) {
    const own = script.intents && Object.hasOwn(script.intents, intent) ? script.intents[intent] : undefined;
    const words = [own?.keywords, own?.examples].flatMap((list) => [...(list?.en ?? []), ...(list?.fa ?? [])]);
    if (text !== '' && words.some((word) => joined(word) === text)) {
      return { intent, locale: null };
    }
  }
  return null;
}
