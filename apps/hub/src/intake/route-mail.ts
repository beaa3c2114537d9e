import { emailAddresses, mailRecipients, splitTag, type EmailSettings, type InboundEvent } from '#channels';
import type { OpenChannel } from '../settings/channel-directory.service.js';

/** Events of one channel, in their order. */
export interface Routed {
  channel: OpenChannel;
  events: InboundEvent[];
}

/**
 * Several addresses may end in one mailbox. A mail that reached it under the address of another channel, and under none of its own,
 * belongs to that other channel; runs of the same channel stay together, so that the order is kept.
 */
export async function routeMail(
  polled: OpenChannel,
  events: InboundEvent[],
  channels: readonly OpenChannel[],
): Promise<Routed[]> {
  const others = channels.filter(({ id, kind, enabled }) => kind === 'email' && enabled && id !== polled.id);
  if (polled.kind !== 'email' || others.length === 0) {
    return [{ channel: polled, events }];
  }
  const routed: Routed[] = [];
  for (const event of events) {
    const channel = await ownerOf(polled, event, others);
    const last = routed.at(-1);
    if (last?.channel === channel) {
      last.events.push(event);
    } else {
      routed.push({ channel, events: [event] });
    }
  }
  return routed;
}

async function ownerOf(polled: OpenChannel, event: InboundEvent, others: OpenChannel[]): Promise<OpenChannel> {
  if (event.type !== 'message' || event.sentByUs === true) {
    return polled;
  }
  const recipients = (await mailRecipients(event.raw)).flatMap((address) => [address, splitTag(address).mailbox]);
  const owners = [polled, ...others].filter((channel) => {
    const addresses = emailAddresses(channel.account.settings as EmailSettings);
    return recipients.some((address) => addresses.includes(address));
  });
  return owners[0] ?? polled;
}
