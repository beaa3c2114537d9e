import type { Icon } from '@tabler/icons-react';
import type { ChannelKind, IdentityKind } from '#contract';
import { IconCall, IconMail, IconPerson, IconPlug, IconSms, IconTelegram, IconWeb } from './icons.js';
import './channel-mark.css';

const channelIcons: Record<ChannelKind, Icon> = {
  email: IconMail,
  sms: IconSms,
  telegram: IconTelegram,
  web: IconWeb,
  phone: IconCall,
  messages: IconPlug,
};

export const identityIcons: Record<IdentityKind, Icon> = {
  email: IconMail,
  phone: IconCall,
  telegram: IconTelegram,
  web: IconWeb,
  external: IconPerson,
};

/** A channel's badge. Its name stands in the text beside it, so it is silent to screen readers. */
export function ChannelMark({ kind, size = 18 }: { kind: ChannelKind; size?: number }) {
  const Mark = channelIcons[kind];
  return (
    <span className="channel-mark" data-kind={kind} style={{ inlineSize: size, blockSize: size }} aria-hidden>
      <Mark size={size * 0.62} stroke={2.4} />
    </span>
  );
}
