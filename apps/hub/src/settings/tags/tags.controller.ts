import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { TagView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TagSettings } from './tag-settings.service.js';
import { RenameTagDto, TagSearchDto } from './tags.dto.js';

@Controller('api/tags')
@Access('agent')
export class TagsController {
  constructor(private readonly tags: TagSettings) {}

  @Get()
  list(@Query() { q }: TagSearchDto): Promise<TagView[]> {
    return this.tags.list(q);
  }

  /** Renames a tag, or merges it into another. */
  @Post('renamings')
  @HttpCode(200)
  @Access('admin', 'fields.manage')
  rename(@CurrentActor() actor: Actor, @Body() body: RenameTagDto): Promise<TagView> {
    return this.tags.rename(actor, body);
  }
}
