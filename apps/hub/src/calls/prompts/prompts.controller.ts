import { Controller, Delete, Get, HttpCode, Put, Query, Req, Res } from '@nestjs/common';
import type { PromptLibraryView, PromptView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { fileContentOf } from '../../desk/attachments/file-name.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { PromptDesk } from './prompt-desk.service.js';
import { PromptNameDto } from './prompts.dto.js';

@Controller('api/prompts')
@Access('supervisor', 'automation.manage')
export class PromptsController {
  constructor(private readonly desk: PromptDesk) {}

  @Get()
  list(): Promise<PromptLibraryView> {
    return this.desk.list();
  }

  /** All that can be played, as files under their names: for the folder of sounds of an exchange. */
  @Get('archive')
  async archive(@Res() reply: HubReply): Promise<void> {
    const tar = await this.desk.archive();
    await reply
      .header('content-type', 'application/x-tar')
      .header('content-disposition', 'attachment; filename="prompts.tar"')
      .header('cache-control', 'private, no-store')
      .send(tar);
  }

  /** The body is the WAV file itself. */
  @Put('recording')
  keep(@CurrentActor() actor: Actor, @Query() prompt: PromptNameDto, @Req() request: HubRequest): Promise<PromptView> {
    return this.desk.keep(actor, prompt, fileContentOf(request));
  }

  @Delete('recording')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Query() prompt: PromptNameDto): Promise<void> {
    return this.desk.remove(actor, prompt);
  }
}
