import { ByteReader } from './byte-reader.js';
import {
  codePageName,
  decodeCodePage,
  mapiNumber,
  mapiText,
  readMapiProperties,
  type MapiProperties,
} from './mapi-properties.js';
import { readRtf } from './read-rtf.js';
import { unpackRtf } from './unpack-rtf.js';

/** A file that Outlook packed into a winmail.dat. */
export interface TnefFile {
  name: string;
  mediaType: string;
  contentId: string;
  bytes: Uint8Array;
}

/** What a winmail.dat holds. `html` and `text` are the body in the richest form that is there. */
export interface TnefMail {
  html: string | null;
  text: string;
  files: TnefFile[];
}

const signature = 0x223e9f78;
const mostFiles = 100;
const deepest = 4;
const attribute = {
  body: 0x800c,
  attachmentData: 0x800f,
  attachmentTitle: 0x8010,
  attachmentBegins: 0x9002,
  messageProperties: 0x9003,
  attachmentProperties: 0x9005,
  codePage: 0x9007,
};
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  fileData: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
};
const objectType = 0x0d;

interface PackedFile {
  title: string;
  data: Buffer | null;
  properties: MapiProperties;
}

interface Reading {
  codePage: string;
  body: string;
  properties: MapiProperties;
  files: PackedFile[];
}

/** Whether a part is Outlook's private form, whatever it is called. */
export function isTnef(mediaType: string, name: string): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/u.test(mediaType) || /^win(?:mail|dat)\.dat$/iu.test(name);
}

/** Opens a winmail.dat ([MS-OXTNEF]). Null when it is none; from a damaged one comes what stands before the damage. */
export function readTnef(bytes: Uint8Array, depth = 0): TnefMail | null {
  const reading: Reading = { codePage: 'windows-1252', body: '', properties: new Map(), files: [] };
  try {
    const reader = new ByteReader(bytes);
    if (reader.u32() !== signature) {
      return null;
    }
    reader.u16();
    while (reader.left >= 9 && reading.files.length <= mostFiles) {
      readAttribute(reader, reading);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  return { ...bodyOf(reading), files: reading.files.flatMap((file) => filesOf(file, reading.codePage, depth)) };
}

function readAttribute(reader: ByteReader, reading: Reading): void {
  reader.u8();
  const id = reader.u16();
  reader.u16();
  const content = reader.take(reader.u32());
  reader.take(Math.min(2, reader.left));
  if (id === attribute.attachmentBegins) {
    reading.files.push({ title: '', data: null, properties: new Map() });
  } else if (id === attribute.codePage && content.length >= 4) {
    reading.codePage = codePageName(content.readUInt32LE(0));
  } else if (id === attribute.body) {
    reading.body = decodeCodePage(content, reading.codePage).replace(/\0+$/u, '');
  } else if (id === attribute.messageProperties) {
    reading.properties = readMapiProperties(new ByteReader(content));
  } else {
    readFileAttribute(id, content, reading);
  }
}

function readFileAttribute(id: number, content: Buffer, { files, codePage }: Reading): void {
  const file = files.at(-1);
  if (!file) {
    return;
  }
  if (id === attribute.attachmentTitle) {
    file.title = decodeCodePage(content, codePage).replace(/\0.*$/su, '');
  } else if (id === attribute.attachmentData) {
    file.data = content;
  } else if (id === attribute.attachmentProperties) {
    file.properties = readMapiProperties(new ByteReader(content));
  }
}

function bodyOf({ properties, body, codePage }: Reading): Pick<TnefMail, 'html' | 'text'> {
  const html = properties.get(property.html);
  if (html) {
    const declared = mapiNumber(properties, property.internetCodePage);
    const page = mapiText(properties, property.html, declared === null ? codePage : codePageName(declared));
    return { html: page, text: '' };
  }
  const packed = properties.get(property.rtf);
  const rtf = packed ? unpackRtf(packed.bytes) : null;
  const rich = rtf === null ? { html: null, text: '' } : readRtf(rtf);
  return rich.html === null && rich.text.trim() === ''
    ? { html: null, text: body || mapiText(properties, property.body, codePage) }
    : rich;
}

/** A packed file, or what a packed message holds: its text as a file, then its own files. */
function filesOf(file: PackedFile, codePage: string, depth: number): TnefFile[] {
  const { data, properties } = file;
  const name = nameOf(file, codePage);
  const object = properties.get(property.fileData);
  const mail = object?.type === objectType ? mailInside(object.bytes, depth) : null;
  if (mail) {
    return [bodyFile(mail, name || 'message'), ...mail.files];
  }
  return [
    {
      name,
      mediaType: mapiText(properties, property.mediaType, codePage).toLowerCase() || 'application/octet-stream',
      contentId: mapiText(properties, property.contentId, codePage).replace(/^<|>$/gu, ''),
      bytes: data ?? object?.bytes ?? Buffer.alloc(0),
    },
  ];
}

/** The long name before the title, which Windows shortened to eight letters and three. */
function nameOf({ title, properties }: PackedFile, codePage: string): string {
  const name = (id: number) => mapiText(properties, id, codePage);
  return name(property.longFileName) || title || name(property.fileName) || name(property.displayName);
}

function bodyFile({ html, text }: TnefMail, name: string): TnefFile {
  const form = html === null ? { ending: 'txt', mediaType: 'text/plain' } : { ending: 'html', mediaType: 'text/html' };
  return { name: `${name}.${form.ending}`, mediaType: form.mediaType, contentId: '', bytes: Buffer.from(html ?? text) };
}

/** An object begins with the id of its interface; a message is a winmail.dat of its own behind it. */
function mailInside(object: Buffer, depth: number): TnefMail | null {
  return depth < deepest && object.length > 16 ? readTnef(object.subarray(16), depth + 1) : null;
}
