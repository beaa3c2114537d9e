import type { MessageFlag } from '../message.js';
import type { MailHead } from './mime/read-head.js';

/** The envelope sender: '' is the null sender of bounces, null means that it is not known. */
type EnvelopeFrom = string | null;

const robots = /^(?:mailer-?daemon|post_?master|no-?reply|do-?not-?reply|bounces?)(?:[+.-].*)?@/u;
const markers = [
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'list-id',
  'list-unsubscribe',
].concat(['x-loop', 'feedback-id', 'x-failed-recipients']);
/** How mail servers call themselves where they give no address, and how they head their reports. */
const serverNames = /\b(?:mailer-?daemon|mail delivery (?:sub)?system|post_?master)\b/iu;
const failureSubjects =
  /undeliver|(?:non-?|failed |un)deliver|deliver\w* (?:status|fail|error|problem|report|has failed)|returned mail|mail (?:delivery|system) (?:fail|error)|failure notice|could not be (?:sent|delivered)|returned to sender/iu;
/** Past this many hops a mail is going in circles. */
const mostHops = 30;

/**
 * What the head of a mail tells about who wrote it: `automatic` for robots, lists and absence notes, `bounce` for reports about
 * mail that did not arrive. Such mail is stored like any other, but nothing answers it, or two robots would never end.
 */
export function automaticFlags(
  head: MailHead,
  { address, name }: { address: string; name: string },
  envelopeFrom: EnvelopeFrom,
  ownAddresses: ReadonlySet<string>,
): MessageFlag[] {
  const isServer = serverNames.test(name) || robots.test(address);
  const isReport = isServer || isNullSender(head, envelopeFrom);
  const bounce = isBounce(head, address) || (isReport && failureSubjects.test(head.subject));
  const automatic = bounce || isReport || isAutomatic(head) || ownAddresses.has(address);
  const spam = /^\s*yes\b/iu.test(head.field('x-spam-flag') ?? '');
  return [...flag('automatic', automatic), ...flag('bounce', bounce), ...flag('spam', spam)];
}

function isAutomatic(head: MailHead): boolean {
  const submitted = (head.field('auto-submitted') ?? 'no').split(/[;\s]/u, 1)[0]?.toLowerCase();
  return (
    (submitted !== 'no' && submitted !== '') ||
    /^(?:bulk|list|junk|auto_reply)$/iu.test(head.field('precedence') ?? '') ||
    /^multipart\/report\b/iu.test(head.field('content-type') ?? '') ||
    markers.some((name) => head.field(name) !== null) ||
    head.count('received') > mostHops
  );
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
