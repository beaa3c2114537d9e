import { capabilitiesFor } from '#channels';
import type { ReplyWay } from '#contract';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import type { IdentityRow, PersonRow } from './person.query.js';

/** An address as far as writing to it goes: somebody's, or one that is only claimed. */
type Endpoint = Pick<IdentityRow, 'id' | 'kind' | 'address' | 'reachable' | 'opted_out'>;

/** Kinds whose address is known to one account only: a bot's chat, a widget's visitor. Others any channel of the kind can reach. */
const boundToChannel = new Set<IdentityRow['kind']>(['telegram', 'web', 'external']);

/**
 * The ways to answer a person, best first: the one the customer used last comes on top, those that cannot be used now stay in the
 * list with the reason.
 */
export function listWays(
  person: Pick<PersonRow, 'identities' | 'claims' | 'used' | 'threads'>,
  channels: OpenChannel[],
): ReplyWay[] {
  const known = (person.identities ?? []).map((identity) => ({ identity, claimed: false }));
  const claimed = (person.claims ?? [])
    .filter(({ kind }) => kind === 'email' || kind === 'phone')
    .map((identity) => ({ identity, claimed: true }));
  const ways = [...known, ...claimed].flatMap(({ identity, claimed: isClaimed }) =>
    channels
      .filter((channel) => reaches(channel, identity, person))
      .map((channel) => ({
        way: { ...toWay(channel, identity, person), claimed: isClaimed },
        // Whoever stopped one number of ours would rather be written to in another way than from the next number.
        isUnwelcome: identity.opted_out !== null,
      })),
  );
  return ways
    .toSorted(
      (a, b) =>
        Number(a.way.unavailable !== null) - Number(b.way.unavailable !== null) ||
        Number(a.isUnwelcome) - Number(b.isUnwelcome) ||
        (b.way.lastUsedAt ?? '').localeCompare(a.way.lastUsedAt ?? ''),
    )
    .map(({ way }) => way);
}

function reaches(channel: OpenChannel, identity: Endpoint, { used }: Pick<PersonRow, 'used'>): boolean {
  const mayReach = channel.adapter.capabilities.reaches.includes(identity.kind);
  const usedHere = (used ?? []).filter((use) => use.identity === identity.id);
  return (
    mayReach &&
    (channel.adapter.mayReach?.(identity.address, channel.account) ?? true) &&
    (!boundToChannel.has(identity.kind) || usedHere.length === 0 || usedHere.some((use) => use.channel === channel.id))
  );
}

function toWay(
  channel: OpenChannel,
  identity: Endpoint,
  person: Pick<PersonRow, 'used' | 'threads'>,
): Omit<ReplyWay, 'claimed'> {
  const use = (person.used ?? []).find((entry) => entry.identity === identity.id && entry.channel === channel.id);
  const thread = (person.threads ?? []).find(
    (entry) =>
      entry.channel === channel.id &&
      (entry.id === use?.thread || (!use && entry.participants.includes(identity.address))),
  );
  return {
    channelId: channel.id,
    channelKind: channel.kind,
    channelName: channel.name,
    identityId: identity.id,
    address: identity.address,
    threadId: thread?.id ?? null,
    subject: thread?.subject ?? null,
    lastUsedAt: use ? new Date(use.at).toISOString() : null,
    ...limitsOf(channel),
    unavailable: channel.enabled ? whyNot(identity, channel) : 'channel_off',
  };
}

/** What settings that cannot be used would allow is not known. */
function limitsOf({
  adapter,
  account,
  problem,
}: OpenChannel): Pick<ReplyWay, 'textLimit' | 'attachments' | 'fileLimits'> {
  const { textLimit, attachments, media } = problem === null ? capabilitiesFor(adapter, account) : adapter.capabilities;
  const fileLimits = attachments && { ...attachments, media: [...(media ?? [])] };
  return { textLimit, attachments: attachments !== null, fileLimits };
}

function whyNot(identity: Endpoint, { id }: Pick<OpenChannel, 'id'>): ReplyWay['unavailable'] {
  if (identity.opted_out?.includes(id)) {
    return 'opted_out';
  }
  switch (identity.reachable) {
    case 'yes':
      return null;
    case 'opted_out':
      return 'opted_out';
    case 'blocked':
    case 'unknown_address':
      return 'blocked';
  }
}
