import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes of a process of ours, after everything that nobody needs was given back. */
export interface Heap {
  /** Of JavaScript, and what it holds outside its heap. */
  used: number;
  resident: number;
}

const tries = 100;

/** A port for a debugger that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Reads a process that was started with `--inspect=127.0.0.1:<port>`, which knows nothing of it. */
export async function readHeap(port: number): Promise<Heap> {
  const socket = new WebSocket(await debuggerUrl(port));
  await new Promise((done, fail) => {
    socket.addEventListener('open', done);
    socket.addEventListener('error', () => fail(new Error('The debugger does not answer.')));
  });
  try {
    await call(socket, 'HeapProfiler.collectGarbage');
    await call(socket, 'HeapProfiler.collectGarbage');
    const { result } = (await call(socket, 'Runtime.evaluate', {
      expression: 'JSON.stringify(process.memoryUsage())',
    })) as { result: { value: string } };
    const { heapUsed, external, rss } = JSON.parse(result.value) as NodeJS.MemoryUsage;
    return { used: heapUsed + external, resident: rss };
  } finally {
    socket.close();
  }
}

async function debuggerUrl(port: number): Promise<string> {
  for (let tried = 0; tried < tries; tried += 1) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/json/list`).catch(() => null);
    if (answer) {
      const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
      return target?.webSocketDebuggerUrl ?? '';
    }
    await sleep(50);
  }
  throw new Error('There is no debugger to ask.');
}

let lastId = 0;

function call(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  return new Promise((done, fail) => {
    const listen = ({ data }: MessageEvent): void => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } };
      if (message.id === id) {
        socket.removeEventListener('message', listen);
        if (message.error) {
          fail(new Error(message.error.message));
        } else {
          done(message.result);
        }
      }
    };
    socket.addEventListener('message', listen);
    socket.send(JSON.stringify({ id, method, params }));
  });
}
