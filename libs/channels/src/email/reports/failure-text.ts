import { addressesIn, addressIn } from './failed-address.js';

/** What a notification for people tells of one recipient. */
export interface ToldFailure {
  address: string;
  /** The text about it: what follows its address, or the transcript when nothing does. */
  words: string;
}

const longest = 40_000;
const longestWords = 4_000;
const mostTold = 100;
/** What a server answered; a lone recipient without it has it told elsewhere in the notice. */
const replyCode = /(?<![\d.])[45](?:\d\d(?![\d.])|\.\d\.\d)/u;
/** Where servers begin the copy of the mail that they return. */
const copyBegins = [
  /^[^\n]{0,20}-{2,}[^\n\w]{0,10}(?:below this line is a copy|this is a copy|enclosed is a copy|original message|original mail|returned message|the header|undelivered message|unsent message|forwarded message|copy of)/iu,
  /^\s*(?:message headers follow|original message (?:follows|headers)|(?:-+\s*)?original message\b|below is a copy of|the original message (?:follows|headers)|original message header|your message (?:headers|was):|the following is a copy|------- returned)/iu,
  /^\W{0,10}\s*(?:message text follows|unsent message below|text of your (?:e-?mail|message)|message header follows)/iu,
  /^(?:received|return-path):\s/iu,
];

/** The part of a notification before the copy of the returned mail. */
export function withoutCopy(text: string): string {
  const lines = text.slice(0, longest).split('\n');
  const end = lines.findIndex((line, index) => index > 0 && copyBegins.some((pattern) => pattern.test(line)));
  return (end === -1 ? lines : lines.slice(0, end)).join('\n');
}

/** The copy of the returned mail that a plain notification ends with, '' when it has none. */
export function copyIn(text: string): string {
  return text.slice(withoutCopy(text).length, longest + 8_000);
}

const aboutOthers =
  /^\W{0,6}(?:from|sender|reply-?to|return-?path|mail from|message-?id|date|subject|cc|received|contact|in-reply-to|references|by|for)\b(?!.*(?:rcpt|recipient))/iu;
const aboutWriter =
  /^\W{0,6}(?:(?:original[- ])?sender(?:-mta)?|from|subject|message-?(?:id|name)|reporting-mta)\s*:/iu;
const sentence =
  /\b(?:contact|mail from|please (?:send|e-?mail|write|forward)|forward\w* to|assistance|sent by|send mail to)\b/iu;
const labelled =
  /\b(?:rcpt(?: to)?|recipients?(?: address)?|addressed to|to|for|an|empf\w+nger|destinataires?|destinatario|получател\w*|address)\b[^@]{0,40}$/iu;

interface Mention {
  address: string;
  line: number;
  rank: number;
  rest: string;
}

/**
 * Finds the failed recipients in a notification for people, with what it tells of each. The forms of servers differ without end,
 * but nearly all put the address first in a line, behind a label, or in a sentence, in this order of trust; the best form that
 * is there counts, and what it does not match is mentioned for other reasons.
 */
export function readFailureText(text: string, named: string[], own: string): ToldFailure[] {
  const notice = withoutCopy(text);
  const lines = notice.split('\n');
  const mentions = lines.flatMap((line, index) => mentionIn(line, index, lines[index - 1] ?? ''));
  const wanted = new Set(named);
  const chosen = named.length > 0 ? mentions.filter(({ address }) => wanted.has(address)) : best(mentions, own);
  const first = firstOfEach(chosen).slice(0, mostTold);
  const told = new Map(
    first.map((mention, index) => [mention.address, wordsOf(lines, mention, first[index + 1]?.line ?? lines.length)]),
  );
  const whole = lines
    .filter((line) => !aboutWriter.test(line))
    .join('\n')
    .slice(0, longestWords);
  return [...new Set([...told.keys(), ...wanted])].slice(0, mostTold).map((address) => {
    const words = told.get(address) ?? '';
    const isTold = words.trim().length > 8 && (told.size > 1 || replyCode.test(words));
    return { address, words: isTold ? words : `${words}\n${whole}`.slice(0, longestWords) };
  });
}

/** In an answer of the server itself: it counts where the notice tells nothing else. */
const lastResort = 0.5;

function mentionIn(line: string, index: number, before: string): Mention[] {
  const address = line.length > 2_000 ? null : addressIn(line);
  if (address === null || /^\s*<<</u.test(line)) {
    return [];
  }
  if (/^\s*\d{3}[ -]/u.test(line)) {
    return [{ address, line: index, rest: line, rank: lastResort }];
  }
  const at = line.toLowerCase().indexOf(address.slice(0, address.indexOf('@')));
  const lead = line.slice(0, Math.max(at, 0));
  const rest = line.slice(Math.max(at, 0) + address.length);
  return [{ address, line: index, rest, rank: rankOf(lead, line, before) }];
}

/** 3 for an address that a line begins with, 2 behind a label, 1 in a sentence, 0 for what is mentioned for other reasons. */
function rankOf(lead: string, line: string, before: string): number {
  if (aboutOthers.test(line) || sentence.test(lead) || /\b(?:sent by|message from|sender)\W*$/iu.test(before)) {
    return 0;
  }
  if (/^[\s*<"'(\-•|>]*$/u.test(lead)) {
    return 3;
  }
  return labelled.test(lead) ? 2 : 1;
}

function best(mentions: Mention[], own: string): Mention[] {
  const foreign = mentions.filter(({ address, rank }) => rank > 0 && address !== own && !isServer(address));
  const rank = Math.max(0, ...foreign.map((mention) => mention.rank));
  const found = foreign.filter((mention) => mention.rank === rank);
  return found.length > 0 ? found : mentions.filter((mention) => mention.rank > 1).slice(0, 1);
}

function isServer(address: string): boolean {
  return /^(?:mailer-daemon|postmaster|abuse|support|help|no-?reply)@/u.test(address);
}

function firstOfEach(mentions: Mention[]): Mention[] {
  const seen = new Set<string>();
  return mentions.filter(({ address }) => !seen.has(address) && seen.add(address));
}

function wordsOf(lines: string[], { line, rest }: Mention, end: number): string {
  const until = Math.min(Math.max(end, line + 1), line + 100);
  const below = lines.slice(line + 1, until).filter((one) => !aboutWriter.test(one));
  return [rest, ...below].join('\n').slice(0, longestWords);
}

/** The recipients of a returned mail, by its To and Cc. */
export function recipientsOf(head: string): string[] {
  const fields = head.replace(/\n[ \t]+/gu, ' ').match(/^(?:to|cc|x-failed-recipients):[^\n]*$/gimu) ?? [];
  return addressesIn(fields.join('\n'));
}
