import { growCall, storableText, type InboundCall, type InboundMessage, type MessageContent } from '#channels';

type Said = InboundMessage | InboundCall;

/** The sender's own domain says that it did not send this: it continues nothing by what it quotes. */
export function isForged(event: Said): boolean {
  return event.type === 'message' && event.flags.includes('forged');
}

/** A server tells of a mail of ours: it is about the person and not from them. */
export function isReport(event: Said): boolean {
  return event.type === 'message' && (event.report?.kind ?? 'away') !== 'away';
}

/** One of us wrote it, with a program that is not ours. A call of ours is placed like any call. */
export function isOurs(event: Said): boolean {
  return event.type === 'message' && event.sentByUs === true;
}

/**
 * What could not be read as it is: its stub goes on the timeline, its bytes wait for a better reader. A chat whose file its messenger
 * does not hand out was read as well as it can be.
 */
export function isBroken(event: Said): boolean {
  return (
    event.type === 'message' &&
    (event.flags.includes('malformed') || (event.mail !== null && event.flags.includes('oversized')))
  );
}

export function contentOf(event: Said): MessageContent {
  if (event.type === 'call') {
    return { call: growCall(null, event) };
  }
  return {
    ...(event.mail && {
      subject: storableText(event.mail.subject),
      to: event.mail.to.map(storableText),
      cc: event.mail.cc.map(storableText),
    }),
    ...(event.flags.length > 0 && { flags: event.flags }),
    ...(event.report && { report: event.report }),
    ...(event.hidden && event.hidden.length > 0 && { hidden: event.hidden }),
    ...(event.hasHtml && { hasHtml: true }),
    ...(event.checks && { checks: event.checks }),
    ...(event.calendar && { calendar: event.calendar }),
    ...chatContentOf(event),
  };
}

function chatContentOf({ shared, choice, album, messageId, text }: InboundMessage): MessageContent {
  return {
    ...(messageId !== undefined && { messageId }),
    ...(shared && { shared }),
    ...(choice && { choice }),
    ...(album !== undefined && { album: { id: album, parts: [{ id: messageId ?? '', text: storableText(text) }] } }),
  };
}

export function subjectOf(event: Said): string {
  return event.type === 'message' ? storableText(event.mail?.subject ?? '') : '';
}

/** The first words of what somebody wants, until an agent writes a better title. */
export function titleOf(event: Said): string {
  const text = subjectOf(event) || (event.type === 'message' ? storableText(event.text) : '');
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79).toWellFormed()}…` : line;
}
