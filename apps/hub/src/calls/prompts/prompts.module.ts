import { Global, Module } from '@nestjs/common';
import { PromptDesk } from './prompt-desk.service.js';
import { PromptLibrary } from './prompt-library.service.js';
import { PromptMediaController } from './prompt-media.controller.js';
import { PromptsController } from './prompts.controller.js';

/** The recordings that lines play. */
@Global()
@Module({
  controllers: [PromptMediaController, PromptsController],
  providers: [PromptDesk, PromptLibrary],
  exports: [PromptLibrary],
})
export class PromptsModule {}
