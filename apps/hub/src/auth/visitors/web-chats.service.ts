import { Injectable } from '@nestjs/common';
import type { WebSettings } from '#channels';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';

/** A web chat as the hub serves it. The keys of `identityKeys` never leave the process. */
export interface WebChat extends WebSettings {
  id: string;
  name: string;
  /** UTF-16 units of one message. */
  textLimit: number;
}

/** The web chats that are on. */
@Injectable()
export class WebChats {
  constructor(private readonly channels: ChannelDirectory) {}

  find(id: string): WebChat | null {
    const channel = this.channels.find(id);
    if (channel?.kind !== 'web' || !channel.enabled) {
      return null;
    }
    const { textLimit } = channel.adapter.capabilities;
    return { ...(channel.account.settings as WebSettings), id, name: channel.name, textLimit: textLimit ?? Infinity };
  }
}
