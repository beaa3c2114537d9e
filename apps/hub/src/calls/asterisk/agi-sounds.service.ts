import { Injectable } from '@nestjs/common';
import type { AsteriskSettings } from '#channels';
import { HubConfig } from '#config';
import { PromptLibrary } from '../prompts/prompt-library.service.js';

/** The library's recordings as exchanges play them. */
@Injectable()
export class AgiSounds {
  constructor(
    private readonly config: HubConfig,
    private readonly library: PromptLibrary,
  ) {}

  /**
   * What an exchange is told to play: a file below its folder of sounds, without the ending, or an address that it fetches. Null where
   * nobody recorded it, which the library notes.
   */
  soundOf(name: string, locale: string, { sounds }: AsteriskSettings): string | null {
    const path = this.library.pathOf(name, locale);
    if (path === null) {
      return null;
    }
    if (sounds.from === 'files') {
      return `${sounds.path}/${name.replace(/\.wav$/u, '')}`;
    }
    const hub = sounds.hubUrl ?? this.config.publicUrl;
    return hub === null ? null : `${hub}${path}`;
  }
}
