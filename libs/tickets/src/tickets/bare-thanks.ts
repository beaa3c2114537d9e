import { matchKey } from '#channels';

/** Words that thank, folded and one by one: what is made of nothing else wants no answer. */
const thanks = [
  'thanks thank thx thnx tnx ty cheers',
  'ممنون ممنونم ممنونتم مرسی متشکر متشکرم تشکر سپاس سپاسگزار سپاسگزارم سپاسگذارم مچکر مچکرم',
  'merci danke gracias grazie obrigado obrigada teşekkürler teşekkür شکرا شکران مشکور مشکورین',
  'mamnoon mamnun mersi moteshakeram moteshaker sepas',
];

/** What stands beside such a word without asking anything. */
const around = [
  'you u so much very many a lot again all for your the help everything it that is was great good perfect works now with ok okay dear sir madam team guys',
  'خیلی بسیار فراوان زیاد از شما لطف لطفتون لطفتان شما محبت راهنمایی راهنماییتون کمک کمکتون کمکتان پاسخ پاسختون پیگیری پیگیریتون بابت برای زحمت زحمات زحمتتون هستم عالی بود شد حل درست اوکی باشه چشم سلام واقعا بی نهایت دوست عزیز جان آقا خانم و که هم تون تان کردین کردید دستتون درد نکنه دست شما خسته نباشید',
  'beaucoup vielen dank schön muchas mille bien جزیلا کثیرا ederim çok',
];

/** What somebody may thank for as well as ask for: thanks only behind a word that says the first. */
const asking = keys(['help کمک راهنمایی پاسخ پیگیری']);
const linking = keys(['for your the all از بابت برای']);

const thanking = keys(thanks);
const fitting = new Set([...thanking, ...keys(around)]);

/** Phrases that thank although none of their words does. */
const phrases = ['دستتون درد نکنه', 'دست شما درد نکنه', 'دستت درد نکنه', 'خسته نباشید', 'لطف کردید', 'لطف کردین'].map(
  matchKey,
);

const signs =
  /^(?:[👍🙏❤🌹🌸😊🙂😍🥰👌💐✅🤝💚💙🧡💛💜🖤😘☺🙌🎉👏]|\p{Emoji_Modifier}|\u{fe0f}|\u{200d}|\s|[.!،,~])+$/u;
const hasSign = /[👍🙏❤🌹👌💐🤝🙌👏💚💙🧡💛💜🖤]/u;
const question = /[?؟¿]/u;
const longestChars = 80;
const mostWords = 9;

function keys(lines: readonly string[]): Set<string> {
  return new Set(lines.flatMap((line) => matchKey(line).split(' ')));
}

/**
 * Whether a message only thanks, in words or by a sign: it says nothing that somebody would have to do anything about. Anything that may
 * be more (a question, a word that is not among those known, a number, a long text) is not bare.
 */
export function isBareThanks(text: string): boolean {
  const said = text.trim();
  if (said === '' || said.length > longestChars || question.test(said)) {
    return false;
  }
  if (signs.test(said)) {
    return hasSign.test(said);
  }
  const key = matchKey(said);
  const words = key.split(' ');
  return (
    words.length <= mostWords &&
    words.every((word, place) => fitting.has(word) && !isAskedFor(words, place)) &&
    (words.some((word) => thanking.has(word)) || phrases.some((phrase) => key.includes(phrase)))
  );
}

function isAskedFor(words: readonly string[], place: number): boolean {
  return asking.has(words[place] ?? '') && !linking.has(words[place - 1] ?? '');
}
