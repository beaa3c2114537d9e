import { FieldReader, FieldWriter, tags } from './fields.js';

/** A number with its type and plan, as SMPP writes it. */
export interface SmppAddress {
  ton: number;
  npi: number;
  digits: string;
}

/** The body of submit_sm and deliver_sm, which is one. */
export interface ShortMessage {
  serviceType: string;
  source: SmppAddress;
  dest: SmppAddress;
  esmClass: number;
  registered: number;
  coding: number;
  /** The message with its user data header, where it has one. */
  octets: Buffer;
  optionals: Map<number, Buffer>;
}

/** The longest message that fits its own field; a longer one travels as an optional parameter. */
const fieldBytes = 254;

export function encodeShortMessage(message: ShortMessage): Buffer {
  const isLong = message.octets.length > fieldBytes;
  const inField = isLong ? Buffer.alloc(0) : message.octets;
  const writer = new FieldWriter()
    .text(message.serviceType, 6)
    .octets(message.source.ton, message.source.npi)
    .text(message.source.digits, 21)
    .octets(message.dest.ton, message.dest.npi)
    .text(message.dest.digits, 21)
    .octets(message.esmClass, 0, 0)
    .text('', 17)
    .text('', 17)
    .octets(message.registered, 0, message.coding, 0, inField.length)
    .bytes(inField);
  if (isLong) {
    writer.optional(tags.payload, message.octets);
  }
  message.optionals.forEach((value, tag) => writer.optional(tag, value));
  return writer.done();
}

export function readShortMessage(body: Buffer): ShortMessage {
  const reader = new FieldReader(body);
  const serviceType = reader.text();
  const source = readAddress(reader);
  const dest = readAddress(reader);
  const esmClass = reader.octet();
  // Protocol, priority, and the two times that only a submission has.
  reader.octet();
  reader.octet();
  reader.text();
  reader.text();
  const registered = reader.octet();
  reader.octet();
  const coding = reader.octet();
  reader.octet();
  const inField = reader.bytes(reader.octet());
  const optionals = reader.optionals();
  const octets = inField.length > 0 ? inField : (optionals.get(tags.payload) ?? inField);
  return { serviceType, source, dest, esmClass, registered, coding, octets: Buffer.from(octets), optionals };
}

function readAddress(reader: FieldReader): SmppAddress {
  return { ton: reader.octet(), npi: reader.octet(), digits: reader.text() };
}
