import { storableText } from '#channels';
import type { BulkAct, SnoozeUntil } from '#contract';
import { invalid } from '../../platform/errors/api-error.js';
import type { BulkActDto } from './bulk.dto.js';

/** What of a body is the act that it names. Throws `invalid` where something of it is missing. */
export function readAct(dto: BulkActDto): BulkAct {
  switch (dto.do) {
    case 'assign':
      return { do: 'assign', agentId: given(dto.agentId, 'agentId') };
    case 'route':
      return { do: 'route', queueId: given(dto.queueId, 'queueId') };
    case 'state':
      return { do: 'state', state: given(dto.state, 'state') };
    case 'snooze':
      return { do: 'snooze', until: readUntil(given(dto.until, 'until')) };
    case 'priority':
      return { do: 'priority', priority: given(dto.priority, 'priority') };
    case 'tags':
      return readTags(dto);
    case 'read':
      return { do: 'read', read: given(dto.read, 'read') };
    case 'spam':
      return { do: 'spam' };
  }
}

function readTags({ add = [], remove = [] }: BulkActDto): BulkAct {
  if (add.length + remove.length === 0) {
    throw missing('add');
  }
  return { do: 'tags', add: add.map(storableText), remove: remove.map(storableText) };
}

function readUntil(until: Exclude<BulkActDto['until'], undefined>): SnoozeUntil | null {
  if (until === null) {
    return null;
  }
  const named = Object.entries(until).filter(([, value]) => value !== undefined && value !== null);
  if (named.length !== 1) {
    throw invalid('act.until', 'Name a time, a number of work days, or a reply.');
  }
  return Object.fromEntries(named) as unknown as SnoozeUntil;
}

function given<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) {
    throw missing(field);
  }
  return value;
}

function missing(field: string) {
  return invalid(`act.${field}`, 'This act needs it.', 'missing');
}
