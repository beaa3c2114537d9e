import { storableText } from '../storable-text.js';

export type JsonObject = Record<string, unknown>;

/** Numbers are ids here, and become the text that they are written by. */
export function textAt(from: JsonObject, ...names: string[]): string {
  for (const name of names) {
    const value = from[name];
    const text = typeof value === 'string' ? storableText(value).trim() : '';
    if (text !== '') {
      return text;
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
      return String(value);
    }
  }
  return '';
}

export function objectAt(from: JsonObject, name: string): JsonObject {
  const value = from[name];
  return isObject(value) ? value : {};
}

export function objectsAt(from: JsonObject, name: string): JsonObject[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textsAt(from: JsonObject, name: string): string[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}

/** Between these the database has every instant; what lies elsewhere is a mistake of whoever wrote it. */
const earliest = new Date('0001-01-01T00:00:00Z');
const latest = new Date('9999-12-31T23:59:59Z');

/** An ISO instant, of Greenwich where it names no zone, wherever this runs; or seconds since 1970 as some programs write them. */
export function timeAt(from: JsonObject, ...names: string[]): Date | null {
  for (const name of names) {
    const value = from[name];
    const time = typeof value === 'number' ? new Date(value * 1000) : instantOf(typeof value === 'string' ? value : '');
    if (time >= earliest && time <= latest) {
      return time;
    }
  }
  return null;
}

const written = /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?\s*$/iu;

function instantOf(text: string): Date {
  const [, day = '', time = '00:00', zone = 'Z'] = written.exec(text) ?? [];
  const offset = /^[+-]/u.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  return new Date(`${day}T${time}${offset}`);
}

export function filled(texts: string[]): string[] {
  return [...new Set(texts.map((text) => storableText(text).trim()).filter((text) => text !== ''))];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
