import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ScriptGateView, ScriptProblemView, ScriptScenarioResultView } from '#contract';
import { channelsOf, coverageOf, runScenario, type Scenario, type ScenarioResult, type Script } from '#bots';
import type { Sql } from '#channels';
import { promptsOnPhone } from '../../calls/prompts/prompt-needs.js';
import { PromptLibrary } from '../../calls/prompts/prompt-library.service.js';
import { Database } from '../../database/database.js';
import { hasErrors, checkSource } from './check-source.js';
import { knownPlaces } from './known-places.query.js';
import { liveForAll } from './live-version.query.js';
import { callsOf } from './script-catalogue.service.js';

/** What stands between a draft and its publication: what it says, and how its scenarios went. */
export interface GateOutcome {
  script: Script | null;
  view: ScriptGateView;
}

export interface GateQuestion {
  source: string;
  scenarios: readonly Scenario[];
  /** The key under which others know the script; null: none yet. */
  key: string | null;
  scriptId: string | null;
}

const deepest = 5;

/** Reads, lints and plays what is to be published. Nothing is changed. */
@Injectable()
export class ScriptGate {
  constructor(
    private readonly database: Database,
    private readonly prompts: PromptLibrary,
  ) {}

  async ask(question: GateQuestion): Promise<GateOutcome> {
    const checked = checkSource(question.source, await knownPlaces(this.database));
    const { script } = checked;
    if (!script || hasErrors(checked.problems)) {
      return { script, view: { open: false, problems: checked.problems, scenarios: [], coverage: null } };
    }
    const problems = [...checked.problems, ...(await this.ofTheHub(script, question))];
    const results = await playAll(script, question.scenarios, await this.called(this.database, script));
    const open = !hasErrors(problems) && results.every(({ passed }) => passed);
    const coverage =
      results.length === 0
        ? null
        : coverageOf(
            script,
            results.map(({ run }) => run),
          );
    return { script, view: { open, problems, scenarios: results.map(presentResult), coverage } };
  }

  /** The scripts that one calls and that those call, by their keys: what is live of them, else their drafts. */
  async called(sql: Sql, script: Script): Promise<Record<string, Script>> {
    const found: Record<string, Script> = {};
    let asked = callsOf(script);
    for (let depth = 0; depth < deepest && asked.length > 0; depth++) {
      const rows = await sql.query<{ key: string; body: Script | null; source: string }>(
        `select s.key, live.body, s.source from script s left join lateral (${liveForAll('s.id')}) live on true
         where s.key = any ($1::text[]) and s.removed_at is null`,
        [asked],
      );
      for (const { key, body, source } of rows) {
        const one = body ?? checkSource(source, {}).script;
        Object.assign(found, one ? { [key]: one } : {});
      }
      asked = Object.values(found)
        .flatMap(callsOf)
        .filter((key) => !(key in found));
    }
    return found;
  }

  /** What only the hub can see: the name that others call it by, channels that it would leave, and called scripts that are not live. */
  private async ofTheHub(script: Script, { key, scriptId }: GateQuestion): Promise<ScriptProblemView[]> {
    const [row] = await this.database.query<{ left: string[]; asleep: string[]; published: boolean }>(
      `select
         exists (select 1 from script_version v where v.script_id = $1) as published,
         array(select distinct ch.name from script_deployment d join channel ch on ch.id = d.channel_id
           where d.script_id = $1 and d.enabled
             and case ch.kind when 'phone' then 'voice' when 'messages' then 'web' else ch.kind end <> all ($2::text[])) as left,
         array(select s.key from script s left join lateral (${liveForAll('s.id')}) live on true
           where s.key = any ($3::text[]) and s.removed_at is null and live.version_id is null order by s.key) as asleep`,
      [scriptId, script.channels, callsOf(script)],
    );
    const renamed = row?.published === true && key !== null && key !== script.id ? [keyChanged(key)] : [];
    const silent = promptsOnPhone(script).filter((prompt) => !this.prompts.has(prompt.name, prompt.locale));
    return [
      ...renamed,
      ...(row?.left ?? []).map(channelLeft),
      ...(row?.asleep ?? []).map(calledAsleep),
      ...silentPrompts(silent.map(({ name }) => name)),
    ];
  }
}

/** Every scenario on every channel that it is meant for and the script speaks on. Others are served between two of them. */
export async function playAll(
  script: Script,
  scenarios: readonly Scenario[],
  called: Record<string, Script>,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    const whole = { ...scenario, world: { ...scenario.world, scripts: called } };
    for (const channel of channelsOf(script, scenario).filter((one) => script.channels.includes(one))) {
      results.push(runScenario(script, whole, channel));
      await breathe();
    }
  }
  return results;
}

function presentResult({ name, channel, passed, failures }: ScenarioResult): ScriptScenarioResultView {
  return { name, channel, passed, failures };
}

function problem(
  severity: ScriptProblemView['severity'],
  code: string,
  path: string[],
  text: ScriptProblemView['text'],
): ScriptProblemView {
  return { severity, code, path, node: null, line: null, column: null, text };
}

const keyChanged = (key: string): ScriptProblemView =>
  problem('error', 'key_changed', ['id'], {
    en: `This script was published as “${key}”, and others call it by that. Write that as its id, or make a new script.`,
    fa: `این سناریو با شناسهٔ «${key}» منتشر شده و دیگران آن را با همین شناسه صدا می‌زنند. همان را در id بنویسید یا سناریوی تازه‌ای بسازید.`,
  });

const channelLeft = (name: string): ScriptProblemView =>
  problem('warning', 'channel_left', ['channels'], {
    en: `It is to answer on the channel “${name}”, but does not list that kind of channel. Nobody will be answered by it there.`,
    fa: `قرار است این سناریو در کانال «${name}» پاسخ بدهد، اما این نوع کانال در channels نیست؛ در آن کانال به کسی پاسخ نمی‌دهد.`,
  });

const mostNamed = 5;

/** One warning for all of them: a new script has dozens. */
function silentPrompts(names: string[]): ScriptProblemView[] {
  if (names.length === 0) {
    return [];
  }
  const [count, listed] = [String(names.length), names.slice(0, mostNamed)];
  const more = names.length > mostNamed ? ', …' : '';
  return [
    problem('warning', 'prompt_missing', ['channels'], {
      en: `Nobody recorded ${count} of the sentences that it plays on the phone: ${listed.join(', ')}${more}. Callers hear nothing there.`,
      fa: `${count} جمله از آنچه این سناریو پشت تلفن پخش می‌کند ضبط نشده است: ${listed.join('، ')}${more}. تماس‌گیرنده آن‌جا چیزی نمی‌شنود.`,
    }),
  ];
}

const calledAsleep = (key: string): ScriptProblemView =>
  problem('warning', 'called_not_live', ['nodes'], {
    en: `It calls the script “${key}”, which is not published. Publish that one as well.`,
    fa: `این سناریو «${key}» را صدا می‌زند که هنوز منتشر نشده است. آن را هم منتشر کنید.`,
  });
