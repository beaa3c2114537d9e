import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { HttpServer } from '../http/exchange.js';

/** A figure, or one for each value of a label. */
type Figure = number | Record<string, number>;

export interface AskedFigure {
  name: string;
  help: string;
  /** The label that the values of a record belong to. */
  label?: string;
  /** Asked at each scrape. */
  read: () => Figure | Promise<Figure>;
}

/** The longest a scrape waits for one figure. */
const patienceMs = 1000;

/** What Prometheus may read. Rooms register theirs here; labels never hold ids, addresses or words of people. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  /** What came in, by kind of channel: stored, grown (a call that went on), duplicate, ignored, quarantined, receipt. */
  readonly inbound = new Counter({
    name: 'peyk_inbound_events_total',
    help: 'Events that came in and what became of them.',
    labelNames: ['channel', 'outcome'],
    registers: [this.registry],
  });
  readonly intakeBatch = new Histogram({
    name: 'peyk_intake_batch_size',
    help: 'Messages that were stored together.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: [this.registry],
  });
  /** What became of attempts to send, by kind of channel; `retried` ones wait for another. */
  readonly deliveries = new Counter({
    name: 'peyk_deliveries_total',
    help: 'Attempts to send and how they ended.',
    labelNames: ['channel', 'outcome'],
    registers: [this.registry],
  });
  private readonly requests = new Histogram({
    name: 'peyk_http_request_seconds',
    help: 'Time from the request to its answer, by route as declared.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A figure that goes up and down. One that is late or fails is not a number: it must not take the others with it. */
  gauge({ name, help, label, read }: AskedFigure): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
      collect: async () => setAll(gauge, label, await readInTime(read)),
    });
  }

  /** A sum that a room keeps itself. */
  sum(name: string, help: string, read: () => number): void {
    const counter: Counter = new Counter({
      name,
      help,
      registers: [this.registry],
      collect: () => {
        counter.reset();
        counter.inc(read());
      },
    });
  }

  /** Times every request under the route's pattern, so that the number of series stays small whatever is asked for. */
  watch(server: HttpServer): void {
    server.addHook('onResponse', (request, reply, done) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }
}

function setAll(gauge: Gauge, label: string | undefined, figure: Figure): void {
  if (typeof figure === 'number') {
    gauge.set(figure);
    return;
  }
  gauge.reset();
  Object.entries(figure).forEach(([value, amount]) => gauge.set({ [label ?? 'of']: value }, amount));
}

async function readInTime(read: AskedFigure['read']): Promise<Figure> {
  const late = new AbortController();
  try {
    return await Promise.race([read(), sleep(patienceMs, NaN, { signal: late.signal })]);
  } catch {
    return NaN;
  } finally {
    late.abort();
  }
}
