import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { DatabaseServer } from './database-server.js';
import { drive, signedWebhook, type Target } from './driver.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { type Program, startProgram } from './machine.js';

/** A program under test: its process, its database, and the driver's connections to it. */
export interface Candidate extends Target {
  name: 'hub' | 'floor';
  program: Program;
  database: string;
}

export interface Arena {
  server: DatabaseServer;
  hub: Candidate;
  floor: Candidate;
  stop(): Promise<void>;
}

const secret = `whsec_${Buffer.from('a bench key of thirty-two bytes!').toString('base64')}`;
const agentCount = 3;
const visitorCount = 50;
const lineCount = 64;
const agentPassword = 'correct horse battery';
/** What the guards' triggers hold, the floor does not. Foreign keys stay: they are not user triggers. */
const guarded = ['customer', 'conversation', 'identity', 'message', 'ticket', 'event_log', 'work_item', 'assignment'];

interface Stage {
  channelId: string;
  chatId: string;
}

/** Hub and floor side by side on one server, from equal databases: the floor's is a copy of the hub's after the senders' first messages. */
export async function openArena(options: { main: string; senders: number; nodeFlags?: string[] }): Promise<Arena> {
  const server = await DatabaseServer.start();
  const programs: Program[] = [];
  const sockets: Socket[] = [];
  const stop = async (): Promise<void> => {
    sockets.forEach((socket) => socket.disconnect());
    await Promise.all(programs.map((program) => program.stop()));
    await server.stop();
  };
  try {
    await server.checkDurable();
    await server.create('hub');
    const dataDir = join(server.folder, 'hub');
    const hub = { main: options.main, dataDir, databaseUrl: server.urlOf('hub') };
    const stage = await setStage(await remember(programs, startBuiltHub(hub)), options.senders);
    await programs.pop()?.stop();
    await copyForFloor(server);
    const hubProgram = await remember(
      programs,
      startBuiltHub({ ...hub, ...(options.nodeFlags && { nodeFlags: options.nodeFlags }) }),
    );
    const floorProgram = await remember(programs, startFloor(server.urlOf('floor'), stage.channelId));
    const target = { senders: options.senders, channelId: stage.channelId, secret };
    const arena: Arena = {
      server,
      stop,
      hub: { ...target, ...(await join_('hub', hubProgram, stage, sockets)) },
      floor: { ...target, ...(await join_('floor', floorProgram, stage, sockets)) },
    };
    await warmUp(arena);
    return arena;
  } catch (error) {
    await stop();
    throw error;
  }
}
