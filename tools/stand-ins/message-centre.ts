import { createServer, type AddressInfo, type Socket } from 'node:net';
import { FieldReader, FieldWriter, tags } from '../../libs/channels/src/sms/smpp/fields.js';
import { answerBit, commands, encodePdu, PduReader, type Pdu } from '../../libs/channels/src/sms/smpp/pdu.js';
import {
  encodeShortMessage,
  readShortMessage,
  type ShortMessage,
} from '../../libs/channels/src/sms/smpp/short-message.js';

/** A message that the centre took, as it came over the wire. */
export interface Submitted {
  id: string;
  to: string;
  from: string;
  message: ShortMessage;
}

/** What a customer's phone sends, or a receipt: the fields of a delivery that differ from a plain one. */
export type Delivery = Partial<Pick<ShortMessage, 'esmClass' | 'coding' | 'octets' | 'optionals'>> & {
  from: string;
  to: string;
  ton?: number;
};

export interface MessageCentreOptions {
  port?: number;
  systemId?: string;
  password?: string;
}

export interface MessageCentre {
  port: number;
  submitted: Submitted[];
  /** How each bind asked to be bound, in order. */
  binds: ('transceiver' | 'transmitter' | 'receiver')[];
  /** Requests of the other side that are not answered yet, at most so many at once. */
  mostUnderway(): number;
  /** Answers the next submissions with a status instead of taking them. */
  refuse(status: number, times?: number): void;
  /** Takes the next submission and hangs up without an answer. */
  cutAfterSubmit(): void;
  /** Answers nothing any more, the questions whether the line stands included. */
  fallSilent(): void;
  /** Holds answers to submissions back until the function that it gives is called. */
  hold(): () => void;
  /** Delivers to the bound client. Resolves with the status of its answer; null when the line ended first. */
  deliver(delivery: Delivery): Promise<number | null>;
  /** Ends all lines, as a centre does that is started anew. */
  hangUp(): void;
  /** Resolves when somebody is bound. */
  bound(): Promise<void>;
  close(): Promise<void>;
}

/** A message centre that speaks SMPP 3.4 on loopback, as strict about what it is asked as real ones are. */
export async function startMessageCentre(options: MessageCentreOptions = {}): Promise<MessageCentre> {
  const centre = new Centre({ systemId: 'peyk', password: 'secret', ...options });
  const server = createServer((socket) => centre.welcome(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    submitted: centre.submitted,
    binds: centre.binds,
    mostUnderway: () => centre.mostUnderway,
    refuse: (status, times = 1) => void centre.refusals.push(...Array.from({ length: times }, () => status)),
    cutAfterSubmit: () => void (centre.cutsNext = true),
    fallSilent: () => void (centre.isSilent = true),
    hold: () => centre.hold(),
    deliver: (delivery) => centre.deliver(delivery),
    hangUp: () => centre.hangUp(),
    bound: () => centre.bound(),
    close: async () => {
      centre.hangUp();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Line {
  socket: Socket;
  bind: 'transceiver' | 'transmitter' | 'receiver' | null;
  sequence: number;
  waiting: Map<number, (status: number | null) => void>;
}

const bindKinds = new Map<number, NonNullable<Line['bind']>>([
  [commands.bindTransceiver, 'transceiver'],
  [commands.bindTransmitter, 'transmitter'],
  [commands.bindReceiver, 'receiver'],
]);
const statuses = {
  notBound: 0x04,
  alreadyBound: 0x05,
  wrongPassword: 0x0e,
  unknownId: 0x0f,
  wrongDest: 0x0b,
  unknown: 0x03,
};

class Centre {
  readonly submitted: Submitted[] = [];
  readonly binds: NonNullable<Line['bind']>[] = [];
  readonly refusals: number[] = [];
  cutsNext = false;
  isSilent = false;
  mostUnderway = 0;
  private underway = 0;
  private held: (() => void)[] | null = null;
  private readonly lines = new Set<Line>();
  private awaited: (() => void)[] = [];

  private readonly options: { systemId: string; password: string };

  constructor(options: { systemId: string; password: string }) {
    this.options = options;
  }

  welcome(socket: Socket): void {
    const line: Line = { socket, bind: null, sequence: 0, waiting: new Map() };
    const reader = new PduReader();
    this.lines.add(line);
    socket.on('data', (chunk: Buffer) => reader.push(chunk).forEach((unit) => this.take(line, unit)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.lines.delete(line);
      line.waiting.forEach((tell) => tell(null));
    });
  }

  hold(): () => void {
    const held: (() => void)[] = [];
    this.held = held;
    return () => {
      this.held = null;
      held.forEach((answer) => answer());
    };
  }

  hangUp(): void {
    this.lines.forEach(({ socket }) => socket.destroy());
  }

  bound(): Promise<void> {
    return this.receiver() ? Promise.resolve() : new Promise((resolve) => this.awaited.push(resolve));
  }

  deliver({ from, to, ton = 1, ...more }: Delivery): Promise<number | null> {
    const line = this.receiver();
    if (!line) {
      return Promise.reject(new Error('nobody is bound'));
    }
    const body = encodeShortMessage({
      serviceType: '',
      source: { ton, npi: 1, digits: from },
      dest: { ton: 0, npi: 1, digits: to },
      esmClass: 0,
      registered: 0,
      coding: 0,
      octets: Buffer.alloc(0),
      optionals: new Map(),
      ...more,
    });
    line.sequence += 1;
    const sequence = line.sequence;
    line.socket.write(encodePdu({ command: commands.deliver, status: 0, sequence, body }));
    return new Promise((resolve) => line.waiting.set(sequence, resolve));
  }

  private receiver(): Line | undefined {
    return [...this.lines].find(({ bind }) => bind === 'transceiver' || bind === 'receiver');
  }

  private take(line: Line, unit: Pdu): void {
    if (this.isSilent) {
      return;
    }
    if (unit.command >= answerBit) {
      line.waiting.get(unit.sequence)?.(unit.status);
      line.waiting.delete(unit.sequence);
      return;
    }
    const kind = bindKinds.get(unit.command);
    if (kind !== undefined) {
      this.bind(line, unit, kind);
    } else if (unit.command === commands.submit) {
      this.submit(line, unit);
    } else if (unit.command === commands.enquireLink || unit.command === commands.unbind) {
      this.answer(line, unit, 0);
    } else {
      this.answer(line, unit, statuses.unknown);
    }
  }

  private bind(line: Line, unit: Pdu, kind: NonNullable<Line['bind']>): void {
    const reader = new FieldReader(unit.body);
    const [systemId, password] = [reader.text(), reader.text()];
    const refusal =
      systemId !== this.options.systemId
        ? statuses.unknownId
        : password !== this.options.password
          ? statuses.wrongPassword
          : 0;
    if (refusal !== 0) {
      this.answer(line, unit, refusal);
      return;
    }
    line.bind = kind;
    this.binds.push(kind);
    this.answer(line, unit, 0, new FieldWriter().text('stand-in', 16).done());
    if (kind !== 'transmitter') {
      this.awaited.splice(0).forEach((tell) => tell());
    }
  }

  private submit(line: Line, unit: Pdu): void {
    const refusal =
      line.bind === 'transceiver' || line.bind === 'transmitter' ? this.refusals.shift() : statuses.notBound;
    if (refusal !== undefined) {
      this.answer(line, unit, refusal);
      return;
    }
    const message = readShortMessage(unit.body);
    if (!/^\d{7,15}$/u.test(message.dest.digits)) {
      this.answer(line, unit, statuses.wrongDest);
      return;
    }
    const id = `m${String(this.submitted.length + 1)}`;
    this.submitted.push({ id, to: message.dest.digits, from: message.source.digits, message });
    if (this.cutsNext) {
      this.cutsNext = false;
      line.socket.destroy();
      return;
    }
    this.underway += 1;
    this.mostUnderway = Math.max(this.mostUnderway, this.underway);
    const answer = () => {
      this.underway -= 1;
      this.answer(line, unit, 0, new FieldWriter().text(id, 65).done());
    };
    if (this.held) {
      this.held.push(answer);
    } else {
      answer();
    }
  }

  private answer({ socket }: Line, { command, sequence }: Pdu, status: number, body: Buffer = Buffer.alloc(0)): void {
    if (!socket.destroyed) {
      socket.write(encodePdu({ command: (command | answerBit) >>> 0, status, sequence, body }));
    }
  }
}

/** The receipt that centres write: as text, and by its parameters. */
export function buildReceipt(
  id: string,
  state: string,
  error = '000',
): Pick<Delivery, 'esmClass' | 'octets' | 'optionals'> {
  const text = `id:${id} sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:${state} err:${error} text:`;
  return {
    esmClass: 0x04,
    octets: Buffer.from(text, 'latin1'),
    optionals: new Map([[tags.receiptedMessageId, Buffer.from(`${id}\0`, 'latin1')]]),
  };
}
