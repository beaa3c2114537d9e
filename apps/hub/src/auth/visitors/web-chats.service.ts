import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';

/** A web chat as its visitors may know it. */
export interface WebChat {
  id: string;
  name: string;
  title: { en: string; fa: string };
  /** Origins of the sites that may show it; none means every site. */
  allowedOrigins: string[];
  /** UTF-16 units of one message. */
  textLimit: number;
}

type Settings = Pick<WebChat, 'title' | 'allowedOrigins'>;

/** The web chats that are on. */
@Injectable()
export class WebChats {
  constructor(private readonly channels: ChannelDirectory) {}

  find(id: string): WebChat | null {
    const channel = this.channels.find(id);
    if (channel?.kind !== 'web' || !channel.enabled) {
      return null;
    }
    const { title, allowedOrigins } = channel.account.settings as Settings;
    return {
      id,
      name: channel.name,
      title,
      allowedOrigins,
      textLimit: channel.adapter.capabilities.textLimit ?? Infinity,
    };
  }
}
