// A socket.io server and nothing else, with the options that the hub serves its sockets by: what an idle socket costs at least.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { socketOptions } from '../../apps/hub/src/live/socket-options.js';

const http = createServer();
new Server(http, socketOptions).of('/visitor');
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready at http://127.0.0.1:${String((http.address() as AddressInfo).port)}\n`);
});
process.once('SIGTERM', () => process.exit(0));
