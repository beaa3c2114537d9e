/** One unit of SMPP: its header, and its body as it is on the wire. */
export interface Pdu {
  command: number;
  /** 0 in requests; in answers how the request ended. */
  status: number;
  sequence: number;
  body: Buffer;
}

/** The commands of SMPP 3.4 that a client of text messages needs. An answer is its request with the first bit set. */
export const commands = {
  bindReceiver: 0x01,
  bindTransmitter: 0x02,
  submit: 0x04,
  deliver: 0x05,
  unbind: 0x06,
  bindTransceiver: 0x09,
  enquireLink: 0x15,
} as const;

export const answerBit = 0x8000_0000;
export const genericNack = 0x8000_0000;

const headBytes = 16;
/** No unit of text messages comes near this; whoever announces more speaks something else. */
const mostBytes = 128 * 1024;

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(headBytes + body.length, 0);
  head.writeUInt32BE(command, 4);
  head.writeUInt32BE(status, 8);
  head.writeUInt32BE(sequence, 12);
  return Buffer.concat([head, body]);
}

/** Cuts a stream of bytes into units, however it is chopped up. */
export class PduReader {
  private rest = Buffer.alloc(0);

  /** @returns the units that are whole by now. Throws RangeError on bytes that cannot be SMPP. */
  push(chunk: Uint8Array): Pdu[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const units: Pdu[] = [];
    while (this.rest.length >= 4) {
      const length = this.rest.readUInt32BE(0);
      if (length < headBytes || length > mostBytes) {
        throw new RangeError('The other side does not speak SMPP.');
      }
      if (this.rest.length < length) {
        break;
      }
      units.push(unitIn(this.rest.subarray(0, length)));
      this.rest = this.rest.subarray(length);
    }
    return units;
  }
}

function unitIn(bytes: Buffer): Pdu {
  return {
    command: bytes.readUInt32BE(4),
    status: bytes.readUInt32BE(8),
    sequence: bytes.readUInt32BE(12),
    body: Buffer.from(bytes.subarray(headBytes)),
  };
}
