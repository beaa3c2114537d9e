import type { MailReport, MessageFlag } from '../message.js';
import { instanceHeader } from './automatic-headers.js';
import type { MailHead } from './mime/read-head.js';
import { headsAutomaticAnswer } from './reports/absence.js';

/** The envelope sender: '' is the null sender of bounces, null means that it is not known. */
type EnvelopeFrom = string | null;

const robots = /^(?:mailer-?daemon|post_?master|no-?reply|do-?not-?reply|bounces?)(?:[+.-].*)?@/u;
const markers = [
  'x-auto-response-suppress',
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-loop',
  'feedback-id',
  'x-failed-recipients',
  instanceHeader.toLowerCase(),
];
const listMarkers = ['list-id', 'list-unsubscribe'];
/** How mail servers call themselves where they give no address, and how they head their reports. */
const serverNames = /\b(?:mailer-?daemon|mail delivery (?:sub)?system|post_?master)\b/iu;
const failureSubjects =
  /undeliver|(?:non-?|failed |un)deliver|deliver\w* (?:status|fail|error|problem|report|has failed)|returned mail|mail (?:delivery|system) (?:fail|error)|failure notice|could not be (?:sent|delivered)|returned to sender/iu;
/** Past this many hops a mail is going in circles. */
const mostHops = 30;

/**
 * What a mail tells about who wrote it: `automatic` for robots, lists and absence notes, and what kind of them where that shows.
 * Such mail is stored like any other, but nothing answers it, or two robots would never end. `report` is what readReport found.
 */
export function automaticFlags(
  head: MailHead,
  sender: { address: string; name: string },
  envelopeFrom: EnvelopeFrom,
  ownAddresses: ReadonlySet<string>,
  report: MailReport | null = null,
): MessageFlag[] {
  const isServer = serverNames.test(sender.name) || robots.test(sender.address) || isNullSender(head, envelopeFrom);
  const kind = report ? flagOf[report.kind] : kindByHead(head, sender.address, isServer, ownAddresses);
  const signs = [kind !== null, isServer, isAutomatic(head, ownAddresses), ownAddresses.has(sender.address)];
  const spam = /^\s*yes\b/iu.test(head.field('x-spam-flag') ?? '');
  return [...flag('automatic', signs.includes(true)), ...(kind ? [kind] : []), ...flag('spam', spam)];
}

const flagOf = { bounce: 'bounce', complaint: 'complaint', away: 'out_of_office' } as const;

function kindByHead(
  head: MailHead,
  from: string,
  isServer: boolean,
  own: ReadonlySet<string>,
): 'out_of_office' | 'bounce' | 'newsletter' | null {
  if (isBounce(head, from) || (isServer && failureSubjects.test(head.subject))) {
    return 'bounce';
  }
  if (!isServer && headsAutomaticAnswer(head.subject)) {
    return 'out_of_office';
  }
  return isFromList(head, own) ? 'newsletter' : null;
}

function isAutomatic(head: MailHead, own: ReadonlySet<string>): boolean {
  const submitted = head.field('auto-submitted')?.split(/[;\s]/u, 1)[0]?.toLowerCase() ?? '';
  const precedence = head.field('precedence') ?? '';
  const signs = [
    submitted !== 'no' && submitted !== '',
    /^(?:junk|auto_?reply)$/iu.test(precedence),
    /^(?:bulk|list)$/iu.test(precedence) && !isOwnList(head, own),
    /^multipart\/report\b/iu.test(head.field('content-type') ?? ''),
    markers.some((name) => head.field(name) !== null),
    head.count('received') > mostHops,
  ];
  return signs.includes(true);
}

/** Mail to many, which nobody wrote to us in person. */
function isFromList(head: MailHead, own: ReadonlySet<string>): boolean {
  return listMarkers.some((name) => head.field(name) !== null) && !isOwnList(head, own);
}

/**
 * An organisation's own group, `support@example.com`, that its mail comes through: the group marks every customer's mail as a
 * list's. It names itself as a list by an address of ours, whole or with a dot for the sign.
 */
function isOwnList(head: MailHead, own: ReadonlySet<string>): boolean {
  const names = ['list-id', 'list-post', 'x-google-group-id', 'mailing-list']
    .map((name) => head.field(name)?.toLowerCase() ?? '')
    .join(' ');
  return [...own].some((address) => names.includes(address) || names.includes(`<${address.replace('@', '.')}>`));
}

function isBounce(head: MailHead, from: string): boolean {
  const type = head.field('content-type') ?? '';
  return (
    (/^multipart\/report\b/iu.test(type) && /report-type\s?=\s?"?delivery-status/iu.test(type)) ||
    head.field('x-failed-recipients') !== null ||
    from.startsWith('mailer-daemon@')
  );
}

function isNullSender(head: MailHead, envelopeFrom: EnvelopeFrom): boolean {
  return envelopeFrom === '' || head.field('return-path') === '<>';
}

function flag(name: MessageFlag, isSet: boolean): MessageFlag[] {
  return isSet ? [name] : [];
}
