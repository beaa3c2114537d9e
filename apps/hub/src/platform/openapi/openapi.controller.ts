import { Controller, Get, Header } from '@nestjs/common';
import { AccessInventory } from '../../auth/access-inventory.js';
import { Access } from '../../auth/access-rule.js';
import { describeApi, type ApiDocument } from './describe-api.js';
import { renderApiPage } from './render-api-page.js';

/** The API, described: for tools and for people. */
@Controller('api')
@Access('agent')
export class OpenApiController {
  private described: Promise<ApiDocument> | null = null;

  constructor(private readonly inventory: AccessInventory) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  async read(): Promise<Record<string, unknown>> {
    return { ...(await this.describe()) };
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(): Promise<string> {
    return renderApiPage(await this.describe());
  }

  /** The routes do not change while the hub runs. Their shapes are megabytes of memory, and most hubs are never asked. */
  private describe(): Promise<ApiDocument> {
    this.described ??= import('./api-shapes.js').then(({ apiShapes }) => describeApi(this.inventory.list(), apiShapes));
    return this.described;
  }
}
