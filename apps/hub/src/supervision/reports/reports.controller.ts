import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HeatView, ReportTicketsView, ReportView, StaffingView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { Database } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { ReportFiles } from './files/report-files.service.js';
import { Heat, heatColumns } from './questions/heat.service.js';
import { readQuestion } from './questions/read-question.js';
import type { ReportQuestion } from './questions/report-question.js';
import { reportScope } from './questions/report-scope.js';
import { ReportTickets } from './questions/report-tickets.service.js';
import { ReportAnswers } from './questions/reports.service.js';
import { HeatDto, HeatTicketsDto, ReportDto, ReportFileDto, ReportTicketsDto, StaffingDto } from './reports.dto.js';
import { Staffing } from './staffing/staffing.service.js';
import { sendTable } from '../../platform/tables/send-table.js';

@Controller('api/reports')
@Access('supervisor', 'reports.read')
export class ReportsController {
  constructor(
    private readonly database: Database,
    private readonly answers: ReportAnswers,
    private readonly behind: ReportTickets,
    private readonly files: ReportFiles,
    private readonly heats: Heat,
    private readonly staffing: Staffing,
  ) {}

  /** When in the week it happens. */
  @Get('heat')
  async heat(@CurrentActor() actor: Actor, @Query() query: HeatDto): Promise<HeatView> {
    return this.heats.look(await this.readWeek(actor, query), query.measure);
  }

  /** What happened in an hour of the week. */
  @Get('heat/tickets')
  async heatTickets(@CurrentActor() actor: Actor, @Query() query: HeatTicketsDto): Promise<ReportTicketsView> {
    const { measure, weekday, hour, atOnce: isAtOnce, cursor, limit } = query;
    const place = { column: heatColumns[measure], hour: { weekday, hour }, isAtOnce, cursor, limit };
    return this.behind.list(actor, await this.readWeek(actor, query), place);
  }

  /** How many are needed when, as past weeks went. */
  @Get('staffing')
  async plan(@CurrentActor() actor: Actor, @Query() query: StaffingDto): Promise<StaffingView> {
    return this.staffing.plan(query, await reportScope(this.database, actor));
  }

  @Get(':report')
  async get(
    @CurrentActor() actor: Actor,
    @Param('report') report: string,
    @Query() query: ReportDto,
  ): Promise<ReportView> {
    return this.answers.answer(await this.read(actor, report, query));
  }

  /** What a number is made of, the latest first. */
  @Get(':report/tickets')
  async tickets(
    @CurrentActor() actor: Actor,
    @Param('report') report: string,
    @Query() query: ReportTicketsDto,
  ): Promise<ReportTicketsView> {
    return this.behind.list(actor, await this.read(actor, report, query), query);
  }

  /** The report as a file; with a column, everything behind that number. */
  @Get(':report/file')
  async file(
    @CurrentActor() actor: Actor,
    @Param('report') report: string,
    @Query() query: ReportFileDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    const question = await this.read(actor, report, query);
    const { column, row, format } = query;
    if (column === undefined && row !== undefined) {
      throw invalid('column', 'Say which number of the row.');
    }
    const content =
      column === undefined
        ? await this.files.report(question, query)
        : await this.files.behind(actor, question, { row, column }, query);
    const name = `${question.report}-${query.from}-${query.to}`;
    await sendTable(reply, { name, format }, content);
  }

  /** By days, whatever hours are looked at: nothing is cut. */
  private readWeek(actor: Actor, query: HeatDto): Promise<ReportQuestion> {
    return this.read(actor, 'volume', Object.assign(new ReportDto(), query, { by: 'day' }));
  }

  private async read(actor: Actor, report: string, query: ReportDto): Promise<ReportQuestion> {
    return readQuestion(report, query, await reportScope(this.database, actor));
  }
}
