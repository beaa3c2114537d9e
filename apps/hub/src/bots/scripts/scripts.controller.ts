import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type {
  ReadyScriptView,
  ScriptCheckView,
  ScriptDiffView,
  ScriptFileView,
  ScriptGateView,
  ScriptListView,
  ScriptRunView,
  ScriptVersionTextView,
  ScriptView,
} from '#contract';
import { scriptJsonSchema } from '#bots';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { fileContentOf, fileNameOf } from '../../desk/attachments/file-name.js';
import { serveFile } from '../../desk/attachments/serve-file.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ScriptFiles } from '../files/script-files.service.js';
import { ReadyScripts } from './ready-scripts.service.js';
import { readScenarios, readSimulation } from './read-simulation.js';
import { ScriptGate } from './script-gate.service.js';
import { ScriptPublishing } from './script-publishing.service.js';
import { ScriptTrials } from './script-trials.service.js';
import {
  CheckScriptDto,
  NewScriptDto,
  PlayScriptDto,
  PublishScriptDto,
  ReleaseDto,
  RollbackDto,
  SaveDraftDto,
  ScriptDiffDto,
  TryScenariosDto,
} from './scripts.dto.js';
import { Scripts } from './scripts.service.js';

@Controller('api/scripts')
@Access('supervisor', 'automation.manage')
export class ScriptsController {
  constructor(
    private readonly scripts: Scripts,
    private readonly gate: ScriptGate,
    private readonly publishing: ScriptPublishing,
    private readonly trials: ScriptTrials,
    private readonly readyScripts: ReadyScripts,
    private readonly files: ScriptFiles,
  ) {}

  @Get()
  list(): Promise<ScriptListView[]> {
    return this.scripts.list();
  }

  @Post()
  @Access('admin', 'automation.manage')
  async create(@CurrentActor() actor: Actor, @Body() { ready, ...body }: NewScriptDto): Promise<ScriptView> {
    return ready === undefined
      ? this.scripts.create(actor, body)
      : this.scripts.get(await this.readyScripts.install(actor, ready, { name: body.name }));
  }

  /** The scripts that come with the hub. */
  @Get('ready')
  ready(): Promise<ReadyScriptView[]> {
    return this.readyScripts.list();
  }

  /** The JSON Schema of what a script may say. */
  @Get('schema')
  schema(): Record<string, unknown> {
    return scriptJsonSchema();
  }

  /** The pictures and files that scripts may name. */
  @Get('files')
  listFiles(): Promise<ScriptFileView[]> {
    return this.files.list();
  }

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. The answer says what scripts call it. */
  @Post('files')
  @Access('admin', 'automation.manage')
  upload(@CurrentActor() actor: Actor, @Req() request: HubRequest): Promise<ScriptFileView> {
    return this.files.upload(actor, fileNameOf(request), fileContentOf(request));
  }

  @Get('files/:name')
  async openFile(@Param('name') name: string, @Res() reply: HubReply): Promise<void> {
    await serveFile(reply, await this.files.open(name));
  }

  /** One that no published version names. */
  @Delete('files/:name')
  @HttpCode(204)
  @Access('admin', 'automation.manage')
  removeFile(@CurrentActor() actor: Actor, @Param('name') name: string): Promise<void> {
    return this.files.remove(actor, name);
  }

  /** Reads a source and says what is wrong with it. Keeps nothing. */
  @Post('check')
  @HttpCode(200)
  check(@Body() { source }: CheckScriptDto): Promise<ScriptCheckView> {
    return this.trials.check(source);
  }

  /** Plays a talk with a source or a version. Keeps nothing, sends nothing, looks nothing up. */
  @Post('simulate')
  @HttpCode(200)
  simulate(@Body() { source, versionId, ...simulation }: PlayScriptDto): Promise<ScriptRunView> {
    return this.trials.play({ source, versionId }, readSimulation(simulation));
  }

  /** Plays scenarios with a source on all its channels, as publishing does. Keeps nothing. */
  @Post('scenarios')
  @HttpCode(200)
  async scenarios(@Body() { source, scenarios }: TryScenariosDto): Promise<ScriptGateView> {
    const read = readScenarios(scenarios);
    return (await this.gate.ask({ source, scenarios: read, key: null, scriptId: null })).view;
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<ScriptView> {
    return this.scripts.get(id);
  }

  @Put(':id/draft')
  @Access('admin', 'automation.manage')
  save(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SaveDraftDto,
  ): Promise<ScriptView> {
    return this.scripts.save(actor, id, body);
  }

  @Delete(':id')
  @Access('admin', 'automation.manage')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.scripts.remove(actor, id);
  }

  /** Whether the draft may be published: what is wrong with it, and how its scenarios go on each channel. */
  @Get(':id/gate')
  async ask(@Param('id', ParseUUIDPipe) id: string): Promise<ScriptGateView> {
    return (await this.gate.ask({ ...(await this.scripts.draft(id)), scriptId: id })).view;
  }

  @Post(':id/publish')
  @Access('admin', 'automation.manage')
  @HttpCode(200)
  publish(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: PublishScriptDto,
  ): Promise<ScriptView> {
    return this.publishing.publish(actor, id, body);
  }

  /** Lets a version that was published answer: an earlier one again, one later, or one for a share of the customers. */
  @Post(':id/releases')
  @Access('admin', 'automation.manage')
  @HttpCode(200)
  release(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReleaseDto,
  ): Promise<ScriptView> {
    return this.publishing.releaseVersion(actor, id, body);
  }

  /** An earlier version answers again, from now on. */
  @Post(':id/rollback')
  @Access('admin', 'automation.manage')
  @HttpCode(200)
  rollBack(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { versionId }: RollbackDto,
  ): Promise<ScriptView> {
    return this.publishing.releaseVersion(actor, id, { versionId });
  }

  @Delete(':id/releases/:releaseId')
  @Access('admin', 'automation.manage')
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('releaseId', ParseUUIDPipe) releaseId: string,
  ): Promise<ScriptView> {
    return this.publishing.cancel(actor, id, releaseId);
  }

  @Get(':id/versions/:versionId')
  version(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('versionId', ParseUUIDPipe) versionId: string,
  ): Promise<ScriptVersionTextView> {
    return this.trials.versionText(id, versionId);
  }

  @Get(':id/diff')
  diff(@Param('id', ParseUUIDPipe) id: string, @Query() { from, to }: ScriptDiffDto): Promise<ScriptDiffView> {
    return this.trials.diff(id, from, to);
  }
}
