const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;

/** Whether a host's name says that it is this machine, where nobody listens on the way and certificates prove nothing. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}
