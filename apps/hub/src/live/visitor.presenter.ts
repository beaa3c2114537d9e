import type { MessageView, VisitorMessage } from '#contract';

/** A visitor sees what passed over web chat, and nothing internal. */
export function isForVisitor(message: MessageView): boolean {
  return message.channel?.kind === 'web' && message.direction !== 'internal';
}

export function presentForVisitor(message: MessageView): VisitorMessage {
  return {
    id: message.id,
    seq: message.seq,
    rev: message.rev,
    at: message.at,
    from: message.author.kind === 'customer' ? 'me' : message.author.kind,
    name: message.author.kind === 'agent' ? message.author.name : '',
    body: message.body,
    attachments: message.attachments.map(({ id, name, mediaType, bytes }) => ({
      name,
      mediaType,
      bytes,
      url: `/api/chat/${message.channel?.id ?? ''}/attachments/${id}`,
    })),
    delivery: message.delivery,
    ...(message.choices && { choices: message.choices }),
  };
}
