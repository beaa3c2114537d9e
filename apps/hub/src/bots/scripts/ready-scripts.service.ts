import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ReadyScriptView } from '#contract';
import { readScenarios, readScript, type Scenario, type Script } from '#bots';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { bothTexts, connectorsOf } from './outline.js';
import { callsOf } from './script-catalogue.service.js';
import { explain, Scripts } from './scripts.service.js';

/** A script that comes with the hub. */
export interface ReadyScript {
  key: string;
  script: Script;
  source: string;
  scenarios: Scenario[];
}

const about: Record<string, { en: string; fa: string }> = {
  main_menu: {
    en: 'Greets, offers what the other scripts can do, and brings customers to a person.',
    fa: 'خوش‌آمد می‌گوید، کارهای سناریوهای دیگر را پیشنهاد می‌کند و مشتری را به کارشناس می‌رساند.',
  },
  order_status: {
    en: 'Asks for an order number and tells where the order is.',
    fa: 'شمارهٔ سفارش را می‌پرسد و می‌گوید سفارش کجاست.',
  },
  opening_hours: {
    en: 'Tells whether you are there now, and when you are.',
    fa: 'می‌گوید الان هستید یا نه، و ساعت کاری را اعلام می‌کند.',
  },
  complaint_intake: {
    en: 'Takes a complaint down and opens a ticket for it.',
    fa: 'شکایت را با جزئیات می‌گیرد و برایش تیکت باز می‌کند.',
  },
  callback_request: {
    en: 'Notes down at which number and when somebody wants to be called.',
    fa: 'شماره و زمان مناسب برای تماس را یادداشت می‌کند.',
  },
  survey: {
    en: 'Asks how content somebody is, and opens a ticket for those who are not.',
    fa: 'میزان رضایت را می‌پرسد و برای مشتری ناراضی تیکت باز می‌کند.',
  },
  out_of_hours: {
    en: 'Answers while nobody is there: takes a message or a call back.',
    fa: 'بیرون از ساعت کاری پاسخ می‌دهد: پیام می‌گیرد یا درخواست تماس ثبت می‌کند.',
  },
};

/** The scripts that come with the hub, read from its folder `scripts`. */
@Injectable()
export class ReadyScripts {
  private known: ReadyScript[] | null = null;

  constructor(
    private readonly database: Database,
    private readonly scripts: Scripts,
  ) {}

  all(): ReadyScript[] {
    this.known ??= readFolder();
    return this.known;
  }

  async list(): Promise<ReadyScriptView[]> {
    const ready = this.all();
    const made = await this.database.query<{ id: string; key: string }>(
      'select id, key from script where removed_at is null and key = any ($1::text[])',
      [ready.map(({ key }) => key)],
    );
    return ready.map(({ key, script }) => {
      const brings = this.withCalled(key).filter((one) => one.key !== key);
      return {
        key,
        title: bothTexts(script.title),
        about: about[key] ?? { en: '', fa: '' },
        channels: [...script.channels],
        brings: brings.map((one) => one.key),
        needs: [...new Set([script, ...brings.map((one) => one.script)].flatMap(connectorsOf))],
        scriptId: made.find((row) => row.key === key)?.id ?? null,
      };
    });
  }

  /** Drafts of it and of the scripts that it calls; those that are there by their keys stay as they are. @returns its id */
  async install(actor: Pick<Actor, 'id'>, key: string, wish: { name?: string; demo?: boolean } = {}): Promise<string> {
    const wanted = this.withCalled(key);
    return this.database
      .transaction(async (tx) => {
        const there = await tx.query<{ key: string }>(
          'select key from script where removed_at is null and key = any ($1::text[]) and key <> $2',
          [wanted.map((one) => one.key), key],
        );
        let id = '';
        for (const one of wanted.filter((script) => !there.some((row) => row.key === script.key))) {
          const isMain = one.key === key;
          const name = (isMain ? wish.name : undefined) ?? nameOf(one.script);
          const made = await this.scripts.add(tx, actor, { ...one, name, demo: wish.demo ?? false });
          id = isMain ? made : id;
        }
        return id;
      })
      .catch(explain);
  }

  /** Itself first, then what it calls and those call. */
  private withCalled(key: string): ReadyScript[] {
    const main = this.all().find((one) => one.key === key);
    if (!main) {
      throw notFound('This ready script');
    }
    const found = new Map([[key, main]]);
    for (const one of found.values()) {
      callsOf(one.script).forEach((called) => {
        const next = this.all().find((other) => other.key === called);
        if (next && !found.has(called)) {
          found.set(called, next);
        }
      });
    }
    return [...found.values()];
  }
}

function nameOf({ title }: Script): string {
  return [title.en, title.fa].filter(Boolean).join(' · ').slice(0, 100);
}

/** The hub runs from its sources, or from `dist` beside them. */
function readFolder(): ReadyScript[] {
  const folder = ['../../../../..', '../../../../../..']
    .map((path) => resolve(import.meta.dirname, path, 'scripts'))
    .find((path) => existsSync(join(path, 'main_menu.yaml')));
  if (folder === undefined) {
    return [];
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && !file.endsWith('.scenarios.yaml'));
  return files.toSorted(mainFirst).flatMap((file) => readOne(folder, basename(file, '.yaml')));
}

function readOne(folder: string, key: string): ReadyScript[] {
  const source = readFileSync(join(folder, `${key}.yaml`), 'utf8');
  const { script } = readScript(source);
  const beside = join(folder, `${key}.scenarios.yaml`);
  const scenarios = existsSync(beside) ? readScenarios(readFileSync(beside, 'utf8')).scenarios : [];
  return script ? [{ key: script.id, script, source, scenarios }] : [];
}

function mainFirst(one: string, other: string): number {
  return Number(other.startsWith('main_')) - Number(one.startsWith('main_')) || one.localeCompare(other);
}
